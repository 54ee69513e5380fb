package io.leeway.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.leeway.contracts.Component;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Loop;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.TrainingEvent;
import io.leeway.contracts.TrainingEventType;
import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Exploration;
import io.leeway.core.bandit.Greedy;
import io.leeway.core.bandit.Policy;
import io.leeway.core.bandit.Scored;
import io.leeway.core.bandit.continuous.ContinuousLearner;
import io.leeway.core.bandit.continuous.ContinuousLearners;
import io.leeway.core.features.Action;
import io.leeway.core.features.HashedEncoder;
import io.leeway.core.model.HashedScorer;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.Scorers;
import io.leeway.kit.EventIds;
import io.leeway.kit.LoopDirectory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that are tried: what share they have, and what becomes of them when they misbehave. */
class TrialTest {
    private final RecordingLog log = new RecordingLog();
    private final LoopDirectory loops = new LoopDirectory();
    private final ServingModels models = new ServingModels(loops);
    private final AtomicLong nanos = new AtomicLong();
    private final Clock clock = Clock.fixed(TestLoops.NOW, ZoneOffset.UTC);
    private final PredictionConfig config = ConfigForTests.defaults();
    private final SwapModels swap = new SwapModels(models, loops, log, clock, new SimpleMeterRegistry(), config);
    private final Decide decide = new Decide(
            models,
            new RememberedDecisions(config.remembered(), nanos::get),
            log,
            new Confirmations(Duration.ofMillis(200), Duration.ofSeconds(1), nanos::get),
            new DecisionMeters(new SimpleMeterRegistry()),
            new EventIds(clock, new SplittableRandom(1)),
            clock,
            config);

    @BeforeEach
    void aLoopWithAChampion() {
        loops.put(withCanary(2, 0.3));
        swap.take(TestModels.published(TestModels.preferring("films", "a", "a", "b"), 1));
    }

    @Test
    void theCanarysOwnChallengerHasItsShareAndNoOther() {
        challenger(2);
        assertThat(decision("one").components()).extracting(Component::weight).containsExactly(0.7, 0.3);
        challenger(3);
        Decision second = decision("two");
        assertThat(second.components()).isEmpty();
        assertThat(second.modelVersion()).isEqualTo(1);
    }

    @Test
    void aChallengerThatFailsIsLeftOutOfTheVeryDecisionAndTold() {
        challenger(2);
        ServingModel healthy = models.get("films").models().get(ModelRole.CHALLENGER);
        Scorer failing = new Scorer() {
            @Override
            public double[] score(Map<String, ?> context, List<Action> actions) {
                throw new IllegalStateException("out of columns");
            }

            @Override
            public double predict(Map<String, ?> context) {
                throw new IllegalStateException("out of columns");
            }
        };
        List<String> alarms = new ArrayList<>();
        models.put(
                "films", healthy.withScorer(WatchedScorer.of(failing, Duration.ofMillis(1), alarms::add, nanos::get)));
        Decision first = decision("first");
        assertThat(first.components()).isEmpty();
        assertThat(first.modelVersion()).isEqualTo(1);
        assertThat(decision("second").modelVersion()).isEqualTo(1);
        assertThat(alarms).containsExactly("failed to score: out of columns");
    }

    @Test
    void anAlarmVacatesTheRoleAndReachesTheTrainingEvents() {
        challenger(2);
        Scorer watched = models.get("films").models().get(ModelRole.CHALLENGER).scorer();
        assertThat(watched).isInstanceOf(WatchedScorer.class);
        assertThat(models.get("films").models().get(ModelRole.CHAMPION).scorer())
                .isNotInstanceOf(WatchedScorer.class);
        // A context that no scorer can read.
        assertThatThrownBy(() -> watched.score(
                        null,
                        TestLoops.actions("a").stream()
                                .map(action -> Action.of(action.id()))
                                .toList()))
                .isInstanceOf(TrialFailedException.class);
        assertThat(models.get("films").models()).doesNotContainKey(ModelRole.CHALLENGER);
        TrainingEvent event = (TrainingEvent) log.events.get(0);
        assertThat(event.type()).isEqualTo(TrainingEventType.ALARM);
        assertThat(event.modelVersion()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"thompson", "ucb"})
    void aPosteriorIsExploredByAsAChallengerAsItWouldBeAsChampion(String rule) {
        ContinuousLearner ridge = ContinuousLearners.of(ContinuousLearners.RIDGE, false);
        List<Action> actions = List.of(Action.of("a"), Action.of("b"), Action.of("c"));
        HashedEncoder encoder = new HashedEncoder();
        for (int i = 0; i < 60; i++) {
            // Two that are worth the same; the third has been tried once, and what it is worth is not known.
            int chosen = i == 0 ? 2 : i % 2;
            double reward = i == 0 ? 0.4 : i / 2 % 2;
            ridge.learn(encoder.encode(Map.of("x", i / 2 / 30.0), actions), new Choice(chosen, 0.5), reward);
        }
        Scorer scorer = Scorers.of(TestModels.learned("films", "ridge-online", ridge.export()));
        Scorer watched =
                WatchedScorer.of(scorer, Duration.ofSeconds(1), reason -> fail("no alarm: " + reason), nanos::get);
        Exploration exploration = Exploration.of(rule, rule.equals("ucb") ? Map.of("beta", 3.0) : Map.of());
        boolean differs = false;
        for (double x = 0; x < 1; x += 0.1) {
            Map<String, Object> context = Map.of("x", x);
            Scored champion = new Policy(scorer, exploration, 0).decide(context, actions);
            Scored challenger = new Policy(watched, exploration, 0).decide(context, actions);
            assertThat(challenger.distribution().toArray())
                    .containsExactly(champion.distribution().toArray());
            assertThat(challenger.scores()).usingRecursiveComparison().isEqualTo(champion.scores());
            double[] greedy = new Policy(scorer, new Greedy(), 0)
                    .distribution(context, actions)
                    .toArray();
            differs |= !Arrays.equals(greedy, challenger.distribution().toArray());
        }
        assertThat(differs).as("explores, somewhere").isTrue();
        assertThat(watched).isInstanceOf(HashedScorer.class);
    }

    @Test
    void manySlowAnswersAreAnAlarmAndAFewAreNot() {
        AtomicLong cost = new AtomicLong(10);
        AtomicLong time = new AtomicLong();
        List<String> alarms = new ArrayList<>();
        Scorer instant = new Scorer() {
            @Override
            public double[] score(Map<String, ?> context, List<Action> actions) {
                time.addAndGet(cost.get());
                return new double[] {0.5};
            }

            @Override
            public double predict(Map<String, ?> context) {
                return Double.NaN;
            }
        };
        WatchedScorer watched = WatchedScorer.of(instant, Duration.ofNanos(100), alarms::add, time::get);
        for (int i = 0; i < 1000; i++) {
            cost.set(i % 10 == 0 ? 1000 : 10);
            watched.score(Map.of(), List.of());
        }
        assertThat(alarms).isEmpty();
        for (int i = 0; i < 100; i++) {
            cost.set(i % 4 == 0 ? 1000 : 10);
            watched.score(Map.of(), List.of());
        }
        assertThat(alarms).containsExactly("took longer than PT0.0000001S in 21 of its last answers");
        assertThatThrownBy(() -> watched.predict(Map.of())).hasMessage("failed to score: must be finite: score=NaN");
        assertThat(alarms).hasSize(1);
        assertThatThrownBy(() -> watched.forecast(Map.of())).hasMessage("failed to score: must be finite: score=NaN");
    }

    /** As it was logged; what is answered leaves most of it out. */
    private Decision decision(String eventId) {
        decide.choose("films", Requests.of(eventId, Map.of("x", 1.0)));
        return (Decision) log.events.get(log.events.size() - 1);
    }

    private void challenger(long version) {
        PublishedModel published = TestModels.published(TestModels.preferring("films", "b", "a", "b"), version);
        swap.take(new PublishedModel(
                "place-" + version, "films", ModelRole.CHALLENGER, version, published.sha256(), published.bytes()));
    }

    private static Loop withCanary(long version, double share) {
        return TestLoops.withCanary(TestLoops.bandit("films", null, "a", "b"), version, share);
    }
}
