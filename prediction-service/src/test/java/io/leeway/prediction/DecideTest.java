package io.leeway.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.LogSettings;
import io.leeway.contracts.LogSettings.WhenFull;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.ModelRole;
import io.leeway.kit.EventIds;
import io.leeway.kit.LoopDirectory;
import io.leeway.kit.UnknownLoopException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecideTest {
    private final RecordingLog log = new RecordingLog();
    private final LoopDirectory loops = new LoopDirectory();
    private final ServingModels models = new ServingModels(loops);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private final PredictionConfig config = ConfigForTests.defaults();
    private final Clock clock = Clock.fixed(TestLoops.NOW, ZoneOffset.UTC);
    private final RememberedDecisions remembered = new RememberedDecisions(config.remembered(), nanos::get);
    private final Decide decide = deciding(Duration.ofMillis(200));

    /** @param patience real time that the log may take */
    private Decide deciding(Duration patience) {
        return new Decide(
                models,
                remembered,
                log,
                new Confirmations(patience, Duration.ofSeconds(1), nanos::get),
                new DecisionMeters(registry),
                new EventIds(clock, new SplittableRandom(1)),
                clock,
                config);
    }

    @BeforeEach
    void loops() {
        loops.put(TestLoops.bandit("films", null, "a", "b", "c"));
        loops.put(TestLoops.regression("rides"));
    }

    private double decisions(String loop, String policy) {
        return registry.get("leeway.decisions")
                .tags("loop", loop, "policy", policy)
                .counter()
                .count();
    }

    @Test
    void aRepeatedEventIdGetsTheRememberedAnswerAndIsNotLoggedAgain() {
        Decision first = decide.choose("films", Requests.of("e1", Map.of("x", 1)));
        models.put(
                "films", TestModels.serving(TestModels.preferring("films", "c", "a", "b", "c"), ModelRole.CHAMPION, 1));
        Decision again = decide.choose("films", Requests.of("e1", Map.of("x", 1.0)));
        assertThat(Answers.ofChoice(again)).isEqualTo(Answers.ofChoice(first));
        assertThat(again.modelVersion()).isZero();
        assertThat(log.events).hasSize(1);
        assertThat(decisions("films", "uniform")).isEqualTo(1);
    }

    @Test
    void anotherRequestUnderAUsedEventIdIsAConflict() {
        decide.choose("films", Requests.of("e1", Map.of("x", 1)));
        assertThatThrownBy(() -> decide.choose("films", Requests.of("e1", Map.of("x", 2))))
                .isInstanceOf(EventIdTakenException.class)
                .hasMessageContaining("eventId=e1");
        assertThat(log.events).hasSize(1);
    }

    @Test
    void eventIdsOfDifferentLoopsAreDifferent() {
        loops.put(TestLoops.bandit("songs", null, "a", "b"));
        decide.choose("films", Requests.of("e1", Map.of("x", 1)));
        decide.choose("songs", Requests.of("e1", Map.of("x", 2)));
        assertThat(log.events).hasSize(2);
    }

    @Test
    void anotherInstanceAnswersTheSameEventIdAlike() {
        RecordingLog otherLog = new RecordingLog();
        ServingModels otherModels = new ServingModels(loops);
        Decide other = new Decide(
                otherModels,
                new RememberedDecisions(config.remembered(), nanos::get),
                otherLog,
                new Confirmations(Duration.ofMillis(200), Duration.ofSeconds(1), nanos::get),
                new DecisionMeters(registry),
                new EventIds(clock, new SplittableRandom(2)),
                clock,
                config);
        for (ServingModels each : List.of(models, otherModels)) {
            each.put(
                    "films",
                    TestModels.serving(TestModels.preferring("films", "c", "a", "b", "c"), ModelRole.CHAMPION, 1));
        }
        for (int i = 0; i < 100; i++) {
            DecisionRequest request = Requests.of("shared-" + i, Map.of("x", i));
            assertThat(other.choose("films", request)).isEqualTo(decide.choose("films", request));
        }
        assertThat(otherLog.events).isEqualTo(log.events);
    }

    @Test
    void anAnswerIsForgottenAfterItsTime() {
        decide.choose("films", Requests.of("e1", Map.of()));
        nanos.addAndGet(config.remembered().time().toNanos() + 1);
        decide.choose("films", Requests.of("e1", Map.of()));
        assertThat(log.events).hasSize(2);
        assertThat(log.events.get(1)).isEqualTo(log.events.get(0));
    }

    @Test
    void callsOfOneEventIdAtOnceAreLoggedOnce() throws Exception {
        Decide patient = deciding(Duration.ofSeconds(60));
        log.word = new CompletableFuture<>();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Decision>> answers = Collections.nCopies(8, "e1").stream()
                    .map(id -> threads.submit(() -> patient.choose("films", Requests.of(id, Map.of()))))
                    .toList();
            while (log.events.isEmpty()) {
                Thread.yield();
            }
            log.word.complete(null);
            for (Future<Decision> answer : answers) {
                assertThat(answer.get().slots()).isEqualTo(answers.get(0).get().slots());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(log.events).hasSize(1);
    }

    @Test
    void nothingIsAnsweredThatTheLogHasNotConfirmed() {
        log.word = new CompletableFuture<>();
        assertThatThrownBy(() -> decide.choose("films", Requests.of("e1", Map.of())))
                .isInstanceOf(LogUnavailableException.class);
        assertThat(registry.find("leeway.decisions").counter()).isNull();
    }

    @Test
    void aDecisionThatCouldNotBeLoggedIsTheSameAtTheNextTry() {
        log.word = CompletableFuture.failedFuture(new IllegalStateException("broker away"));
        assertThatThrownBy(() -> decide.choose("films", Requests.of("e1", Map.of())))
                .isInstanceOf(LogUnavailableException.class);
        models.put(
                "films", TestModels.serving(TestModels.preferring("films", "c", "a", "b", "c"), ModelRole.CHAMPION, 1));
        log.word = CompletableFuture.completedFuture(null);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        decide.choose("films", Requests.of("e1", Map.of()));
        assertThat(log.events).hasSize(2);
        assertThat(log.events.get(1)).isEqualTo(log.events.get(0));
        assertThat(decisions("films", "uniform")).isEqualTo(1);
    }

    @Test
    void afterAFailureOfTheLogCallsAreRefusedAtOnce() {
        log.word = CompletableFuture.failedFuture(new IllegalStateException("broker away"));
        assertThatThrownBy(() -> decide.choose("films", Requests.of("e1", Map.of())));
        log.word = CompletableFuture.completedFuture(null);
        assertThatThrownBy(() -> decide.choose("films", Requests.of("e2", Map.of())))
                .isInstanceOf(LogUnavailableException.class);
        assertThat(log.events).hasSize(1);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        decide.choose("films", Requests.of("e2", Map.of()));
        assertThat(log.events).hasSize(2);
    }

    @Test
    void whatHasBeenLoggedIsAnsweredWithoutTheLog() {
        decide.choose("films", Requests.of("e1", Map.of()));
        log.word = CompletableFuture.failedFuture(new IllegalStateException("broker away"));
        assertThatThrownBy(() -> decide.choose("films", Requests.of("e2", Map.of())));
        decide.choose("films", Requests.of("e1", Map.of()));
    }

    @Test
    void manyAreLoggedBeforeTheFirstIsWaitedFor() {
        log.word = new CompletableFuture<>();
        List<Supplier<Decision>> begun = new ArrayList<>();
        for (String eventId : List.of("e1", "e2", "e1", "e3")) {
            begun.add(decide.beginChoice("films", Requests.of(eventId, Map.of())));
        }
        assertThat(log.events).hasSize(3);
        log.word.complete(null);
        assertThat(begun.stream().map(Supplier::get))
                .extracting(Decision::eventId)
                .containsExactly("e1", "e2", "e1", "e3");
        assertThat(decisions("films", "uniform")).isEqualTo(3);
    }

    @Test
    void ofManyThatTheLogDoesNotConfirmOnlyTheFirstIsWaitedFor() {
        log.word = new CompletableFuture<>();
        List<Supplier<Decision>> begun = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            begun.add(decide.beginChoice("films", Requests.of("e" + i, Map.of())));
        }
        long start = System.nanoTime();
        begun.forEach(each -> assertThatThrownBy(each::get).isInstanceOf(LogUnavailableException.class));
        // The patience of one is 200 ms; 50 of them would be 10 s.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aFullLogRefusesOnlyWhileItIsFull() {
        log.word = CompletableFuture.failedFuture(new LogFullException(Duration.ofSeconds(1), null));
        assertThatThrownBy(() -> decide.choose("films", Requests.of("e1", Map.of())))
                .isInstanceOf(LogFullException.class);
        log.word = CompletableFuture.completedFuture(null);
        decide.choose("films", Requests.of("e1", Map.of()));
        assertThat(log.events).hasSize(2);
    }

    @Test
    void aLoopMayBeAnsweredThoughTheLogIsFullAndThatIsCounted() {
        LoopSettings settings = TestLoops.banditSettings(null, null, "a", "b");
        loops.put(TestLoops.of(
                "ads",
                LoopSettings.builder(settings.kind())
                        .actions(settings.actions())
                        .log(new LogSettings(null, WhenFull.ANSWER))
                        .build(),
                null));
        log.word = CompletableFuture.failedFuture(new LogFullException(Duration.ofSeconds(1), null));
        Decision answered = decide.choose("ads", Requests.of("e1", Map.of()));
        assertThat(registry.get("leeway.decisions.unlogged")
                        .tag("loop", "ads")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.find("leeway.decisions").counter()).isNull();
        log.word = CompletableFuture.completedFuture(null);
        assertThat(decide.choose("ads", Requests.of("e1", Map.of())).slots()).isEqualTo(answered.slots());
        assertThat(registry.find("leeway.decisions").counter()).isNull();
        assertThat(remembered.find("ads", "e1").decision().actions()).isEmpty();
    }

    /** Each has all its inputs, and a full log refuses as many as come. */
    @Test
    void whatAFullLogRefusedIsNotKept() {
        log.word = CompletableFuture.failedFuture(new LogFullException(Duration.ofSeconds(1), null));
        assertThatThrownBy(() -> decide.choose("films", Requests.of("e1", Map.of())))
                .isInstanceOf(LogFullException.class);
        assertThat(remembered.find("films", "e1")).isNull();
    }

    @Test
    void whatIsRefusedAtOnceIsNotKept() {
        log.word = CompletableFuture.failedFuture(new IllegalStateException("broker away"));
        assertThatThrownBy(() -> decide.choose("films", Requests.of("e1", Map.of())));
        assertThatThrownBy(() -> decide.choose("films", Requests.of("e2", Map.of())))
                .isInstanceOf(LogUnavailableException.class);
        // The first may stand in the log by now; the second was never appended.
        assertThat(remembered.find("films", "e1")).isNotNull();
        assertThat(remembered.find("films", "e2")).isNull();
    }

    @Test
    void whatWasGivenUpIsNeverLoggedByWhoStillHoldsIt() {
        log.word = CompletableFuture.failedFuture(new LogFullException(Duration.ofSeconds(1), null));
        Supplier<Decision> one = decide.beginChoice("films", Requests.of("e1", Map.of()));
        Remembered held = remembered.find("films", "e1");
        assertThatThrownBy(one::get).isInstanceOf(LogFullException.class);
        log.word = CompletableFuture.completedFuture(null);
        int appended = log.events.size();
        assertThat(held.log(log::append)).isCompletedExceptionally();
        assertThat(log.events).hasSize(appended);
        decide.choose("films", Requests.of("e1", Map.of()));
        assertThat(log.events).hasSize(appended + 1);
    }

    @Test
    void whatAnotherCallGotIntoTheLogIsNotGivenUp() {
        log.word = CompletableFuture.failedFuture(new LogFullException(Duration.ofSeconds(1), null));
        Supplier<Decision> one = decide.beginChoice("films", Requests.of("e1", Map.of()));
        log.word = CompletableFuture.completedFuture(null);
        Decision other = decide.choose("films", Requests.of("e1", Map.of()));
        assertThatThrownBy(one::get).isInstanceOf(LogFullException.class);
        assertThat(decide.choose("films", Requests.of("e1", Map.of())).slots()).isEqualTo(other.slots());
        assertThat(log.events).hasSize(2);
    }

    @Test
    void aDecisionTooLargeForTheLogIsRefusedAndForgotten() {
        log.word = CompletableFuture.failedFuture(new EventTooLargeException("5000000 bytes"));
        assertThatThrownBy(() -> decide.choose("films", Requests.of("e1", Map.of("x", 1))))
                .isInstanceOf(EventTooLargeException.class);
        log.word = CompletableFuture.completedFuture(null);
        decide.choose("films", Requests.of("e1", Map.of("x", 2)));
    }

    @Test
    void predictionsAreLoggedEvenWithoutAModel() {
        Decision none = decide.predict("rides", Requests.of("r1", Map.of("x", 2)));
        assertThat(none.prediction()).isNull();
        assertThat(none.modelVersion()).isZero();
        models.put("rides", TestModels.serving(TestModels.regression("rides", 3, 1), ModelRole.CHAMPION, 4));
        Decision predicted = decide.predict("rides", Requests.of("r2", Map.of("x", 2)));
        assertThat(predicted.prediction()).isEqualTo(7);
        assertThat(predicted.modelVersion()).isEqualTo(4);
        assertThat(predicted.policy()).isEqualTo("none");
        assertThat(log.events).hasSize(2);
    }

    @Test
    void aLoopIsAskedForWhatItIsFor() {
        DecisionRequest request = Requests.of("e1", Map.of());
        assertThatThrownBy(() -> decide.choose("rides", request)).isInstanceOf(ContractViolation.class);
        assertThatThrownBy(() -> decide.predict("films", request)).isInstanceOf(ContractViolation.class);
        assertThatThrownBy(() -> decide.choose("nope", request)).isInstanceOf(UnknownLoopException.class);
        assertThat(decide.answer("rides", request).prediction()).isNull();
    }

    @Test
    void aContextThatCannotBeEncodedIsRefusedByItsPath() {
        Map<String, Object> context = Map.of("user", Map.of("ages", List.of(1, Double.NaN)));
        assertThatThrownBy(() -> decide.choose("films", Requests.of("e1", context)))
                .hasMessage("must be a finite number: context.user.ages[1]=NaN");
        Map<String, Object> deep = Map.of("leaf", 1);
        for (int depth = 1; depth < 40; depth++) {
            deep = Map.of("in", deep);
        }
        Map<String, Object> tooDeep = deep;
        assertThatThrownBy(() -> decide.choose("films", Requests.of("e1", tooDeep)))
                .hasMessageContaining("must be nested at most 32 deep: context.in.in");
        assertThat(log.events).isEmpty();
    }
}
