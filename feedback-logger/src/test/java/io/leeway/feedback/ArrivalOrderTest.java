package io.leeway.feedback;

import static io.leeway.feedback.Joining.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.RewardAggregation;
import io.leeway.contracts.RewardSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The same timestamps give the same final feedback and the same fates, in whatever order and however late they are read. */
class ArrivalOrderTest {
    private static final int WORLDS = 400;
    private static final int ORDERS = 6;

    /** What is said in the end. */
    private record End(double reward, List<String> counted, Map<Position, FateKind> fates, boolean closed) {}

    @Test
    void theEndDoesNotDependOnTheOrderOfArrival() {
        long seed = Long.getLong("leeway.seed", System.nanoTime());
        Random random = new Random(seed);
        Map<FateKind, Integer> seen = new EnumMap<>(FateKind.class);
        for (int world = 0; world < WORLDS; world++) {
            String origin = "reproduce with -Dleeway.seed=%d (world %d)".formatted(seed, world);
            List<JoinInput> inputs = world(random);
            End first = end(inputs, random, origin);
            first.fates().values().forEach(kind -> seen.merge(kind, 1, Integer::sum));
            for (int order = 1; order < ORDERS; order++) {
                Collections.shuffle(inputs, random);
                assertThat(end(inputs, random, origin)).as(origin).isEqualTo(first);
            }
        }
        // Otherwise the worlds are too tame to show anything.
        assertThat(seen).containsKeys(FateKind.LATE, FateKind.ORPHAN, FateKind.NEVER_ACTIVATED);
    }

    private static List<JoinInput> world(Random random) {
        RewardAggregation[] aggregations = RewardAggregation.values();
        RewardSettings settings =
                Joining.settings(aggregations[random.nextInt(aggregations.length)], random.nextInt(3) == 0);
        List<JoinInput> inputs = new ArrayList<>();
        boolean deferred = random.nextInt(3) == 0;
        if (random.nextInt(10) > 0) {
            inputs.add(Joining.decision(settings, 0, deferred, "x", 0));
        }
        int rewards = random.nextInt(6);
        for (int i = 0; i < rewards; i++) {
            // Whole seconds from before the backward window to beyond the correction window, so that ties happen.
            double seconds = random.nextInt(10) == 0 ? 75 : -8 + random.nextInt(26);
            double value = random.nextInt(5) - 2;
            inputs.add(Joining.reward(settings, seconds, value, "r" + i, i));
        }
        if (deferred && random.nextInt(4) > 0) {
            inputs.add(Joining.activation(random.nextInt(14), 100));
        }
        return inputs;
    }

    /** Reads the inputs in their order with time passing at random in between, but not so far that anything is forgotten. */
    private static End end(List<JoinInput> inputs, Random random, String origin) {
        Joining joining = new Joining();
        double now = 10;
        for (JoinInput input : inputs) {
            now += random.nextInt(7);
            joining.arrives(input, now);
            if (random.nextBoolean()) {
                joining.passes(now);
            }
        }
        joining.passes(now + 20);
        assertThat(joining.forgotten).as(origin).isFalse();
        assertThat(joining.state.arrivedAt() == null
                        || joining.state.arrivedAt().isBefore(at(now + 1)))
                .isTrue();
        assertThat(joining.feedback)
                .extracting(FeedbackRevision::revision)
                .containsExactlyElementsOf(java.util.stream.IntStream.rangeClosed(1, joining.feedback.size())
                        .boxed()
                        .toList());
        boolean closed = !joining.feedback.isEmpty();
        return new End(
                closed ? joining.newest().reward() : 0,
                closed ? joining.newest().counted() : List.of(),
                lastWords(joining.fates),
                closed);
    }

    /** A fate that was taken back is as if it had never been said. */
    private static Map<Position, FateKind> lastWords(List<Fate> fates) {
        Map<Position, FateKind> last = new TreeMap<>();
        fates.forEach(fate -> last.put(fate.position(), fate.kind()));
        return last.entrySet().stream()
                .filter(entry -> entry.getValue() != FateKind.COUNTED && entry.getValue() != FateKind.LATE_ACTIVATION)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }
}
