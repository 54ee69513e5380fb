package io.leeway.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Component;
import io.leeway.contracts.Decision;
import io.leeway.contracts.ExplorationSettings;
import io.leeway.contracts.Loop;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.ServingMode;
import io.leeway.contracts.ServingSettings;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Policy;
import io.leeway.core.bandit.Softmax;
import io.leeway.core.features.Action;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Scorers;
import io.leeway.kit.LoopDirectory;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 1: what is logged under a version is what that version gives, however often models are swapped meanwhile. */
class SwapHammerTest {
    private static final int SWAPS = 1_000;
    private static final int DECIDERS = 3;
    private static final double CANARY_SHARE = 0.3;
    /** Who gets the next version. */
    private static final ModelRole[] ROLES = {
        ModelRole.CHAMPION, ModelRole.CHAMPION, ModelRole.CHALLENGER, ModelRole.CHAMPION, ModelRole.SHADOW
    };
    /** Many, so that scoring takes long enough for a swap to fall into it. */
    private static final String[] IDS =
            IntStream.range(0, 100).mapToObj(i -> "action-" + i).toArray(String[]::new);

    private static final List<Action> ACTIONS =
            List.of(IDS).stream().map(Action::of).toList();

    private final Map<Long, Artifact> artifacts = new ConcurrentHashMap<>();
    private final Queue<Decision> logged = new ConcurrentLinkedQueue<>();
    private final AtomicLong decided = new AtomicLong();
    private final Semaphore turns = new Semaphore(0);
    private volatile boolean done;

    @Test
    @Timeout(60)
    void everyLoggedDistributionIsThatOfTheLoggedVersion() throws Exception {
        ExplorationSettings softmax = new ExplorationSettings("softmax", Map.of("temperature", 0.5), 0.1);
        Loop loop = TestLoops.serving(
                TestLoops.bandit("films", softmax, IDS), new ServingSettings(ServingMode.ONLINE, CANARY_SHARE));
        LoopDirectory directory = new LoopDirectory();
        ServingModels models = new ServingModels(directory);
        directory.put(loop);
        ExecutorService threads = Executors.newFixedThreadPool(DECIDERS);
        try {
            List<Future<Void>> deciders = IntStream.range(0, DECIDERS)
                    .mapToObj(number -> threads.submit(decider(models, number)))
                    .toList();
            swap(models);
            for (Future<Void> decider : deciders) {
                decider.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(logged.stream().map(Decision::modelVersion).distinct().count())
                .as("versions that decided something")
                .isGreaterThan(SWAPS / 2);
        assertThat(logged).anyMatch(decision -> Integer.valueOf(1).equals(decision.drawnComponent()));
        assertThat(logged).anyMatch(decision -> !decision.shadows().isEmpty());
        logged.forEach(this::recompute);
    }

    private void swap(ServingModels models) {
        SplittableRandom random = new SplittableRandom(20260301);
        for (long version = 1; version <= SWAPS; version++) {
            Artifact artifact = TestModels.random("films", random, IDS);
            artifacts.put(version, artifact);
            models.put("films", TestModels.serving(artifact, ROLES[(int) (version % ROLES.length)], version));
            // A few decisions under each version; the deciders wait in between, or the log would grow without end.
            long until = decided.get() + DECIDERS;
            turns.release(4 * DECIDERS);
            while (decided.get() < until) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new IllegalStateException("the deciders have stopped");
                }
                Thread.yield();
            }
        }
        done = true;
        turns.release(DECIDERS);
    }

    private Callable<Void> decider(ServingModels models, int number) {
        return () -> {
            SplittableRandom random = new SplittableRandom(number);
            for (int i = 0; !done; i++) {
                turns.acquire();
                String eventId = "event-" + number + "-" + i;
                logged.add(Choose.choose(
                        models.get("films"),
                        Requests.of(eventId, Map.of("x", random.nextDouble(-3, 3))),
                        eventId,
                        TestLoops.NOW,
                        IDS.length));
                decided.incrementAndGet();
            }
            return null;
        };
    }

    /** The mixture from the versions that were logged with it, and each of its components and the shadow from its own. */
    private void recompute(Decision decision) {
        double[] expected = new double[ACTIONS.size()];
        if (decision.components().isEmpty()) {
            expected = distribution(decision.modelVersion(), decision).toArray();
        }
        for (Component component : decision.components()) {
            Distribution own = requireOwn(component, decision);
            for (int i = 0; i < expected.length; i++) {
                expected[i] += component.weight() * own.probability(i);
            }
        }
        decision.shadows().forEach(shadow -> requireOwn(shadow, decision));
        requireSame(decision.slots().get(0).probabilities(), Distribution.of(expected));
        if (decision.drawnComponent() != null) {
            assertThat(decision.components().get(decision.drawnComponent()).modelVersion())
                    .isEqualTo(decision.modelVersion());
        }
    }

    private Distribution requireOwn(Component component, Decision decision) {
        Distribution own = distribution(component.modelVersion(), decision);
        requireSame(component.slots().get(0).probabilities(), own);
        return own;
    }

    private Distribution distribution(long version, Decision decision) {
        Policy policy =
                version == 0 ? Policy.uniform() : new Policy(Scorers.of(artifacts.get(version)), new Softmax(0.5), 0.1);
        return policy.distribution(decision.context(), ACTIONS);
    }

    private static void requireSame(List<ActionProbability> found, Distribution expected) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).probability()).isCloseTo(expected.probability(i), within(1e-12));
        }
    }
}
