package io.leeway.core.promotion.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.promotion.RecordedAnswer;
import io.leeway.core.promotion.ServingGate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GateStudyTest {
    /** The command counts a thousand; here each gate must catch its kind in a few, by fixed seed. */
    @Test
    void eachGateCatchesItsKindAndBetterOnesPass() {
        StudySettings settings = new StudySettings(3 * GateStudy.perWorld(), 4000, 800, 0.3, 0.02, 0.05);
        AtomicLong clock = new AtomicLong();
        StudyResult result = new GateStudy(settings, 4, () -> clock.addAndGet(1000)).run(done -> {});
        for (StudyResult.OfKind kind : result.kinds()) {
            assertThat(kind.candidates()).isEqualTo(3);
            if (kind.kind().gate() != null) {
                assertThat(kind.ownGate()).as(kind.kind().words()).isEqualTo(1);
                assertThat(kind.promotedDirect()).as(kind.kind().words()).isZero();
                assertThat(kind.promotedCanary()).as(kind.kind().words()).isZero();
            }
        }
        for (StudyResult.Promotions promotions : result.promotions()) {
            assertThat(promotions.wrong().count()).isZero();
            assertThat(promotions.right().of()).isPositive();
            assertThat(promotions.right().value()).isEqualTo(1);
        }
    }

    /** Three of 60: SciPy's binomtest(3, 60).proportion_ci(0.95, "exact") says [0.01043, 0.13918]. */
    @Test
    void sharesHaveExactIntervals() {
        List<Outcome> outcomes = java.util.stream.IntStream.range(0, 60)
                .mapToObj(i -> new Outcome(Kind.SAME, i, 0, 1, java.util.Set.of(), i < 3, null, 1, false))
                .toList();
        StudyResult.Share share = StudyResult.Share.of(outcomes, Outcome::direct);
        assertThat(share.lower()).isCloseTo(0.01043, within(1e-4));
        assertThat(share.upper()).isCloseTo(0.13918, within(1e-4));
    }

    @Test
    void theServingGateNamesWhatPredictorsWouldDoOtherwise() {
        Random random = new Random(5);
        World world = World.draw(random, 0.2);
        Trained good = Trained.on(world.log(io.leeway.core.bandit.Policy.uniform(), 400, random), 1);
        byte[] bytes = good.artifact().toBytes();
        assertThat(gate(1000).judge(bytes, good.answers()).passed()).isTrue();
        assertThat(gate(6_000_000).judge(bytes, good.answers()).reason()).startsWith("too slow");
        assertThat(gate(1000).judge(bytes, List.of()).passed()).isFalse();
        assertThat(gate(1000)
                        .judge(good.withSwappedColumns().artifact().toBytes(), good.answers())
                        .reason())
                .startsWith("predictors answer otherwise than the trainer");
        byte[] torn = java.util.Arrays.copyOf(bytes, bytes.length - 1);
        assertThat(gate(1000).judge(torn, good.answers()).reason()).startsWith("predictors cannot serve it");
        List<RecordedAnswer> short1 =
                List.of(new RecordedAnswer(good.answers().get(0).request(), List.of(1.0)));
        assertThat(gate(1000).judge(bytes, short1).reason()).contains("must be 1 scores: scores=4");
        assertThat(Map.copyOf(gate(1000).judge(bytes, good.answers()).figures()))
                .containsKey("microsPerAnswer");
    }

    private static ServingGate gate(long nanosPerLook) {
        AtomicLong clock = new AtomicLong();
        return new ServingGate(Duration.ofMillis(5), () -> clock.addAndGet(nanosPerLook));
    }
}
