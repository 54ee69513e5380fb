package io.leeway.training;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leeway.contracts.Component;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.rest.Rollout;
import io.leeway.contracts.rest.RolloutState;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.Scorers;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A canary of a regression, and a shadow, on a real broker and database. */
@QuarkusTest
@WithTestResource(LeewayTestResource.class)
class OtherRolloutsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final SplittableRandom random = new SplittableRandom(3);
    private int made;

    @Test
    void aRegressionsCanaryIsJudgedByTheValuesThatCameTrue() {
        makeLoop("rides", "regression", "canary\",\"shares\":[0.5],\"bakingTime\":\"PT0S");
        RolloutFlowTest.train("rides", values(2000, false, null, null), null);
        promote("rides");
        String begun = RolloutFlowTest.train("rides", values(2000, true, null, null), START.plusSeconds(200));
        assertThat(begun).contains("is rolled out as canary");
        Scorer champion = Scorers.of(Artifact.read(RolloutFlowTest.artifact("rides", 1)));
        Scorer challenger = Scorers.of(Artifact.read(RolloutFlowTest.artifact("rides", 2)));
        Rollout promoted = serve("rides", () -> values(200, true, champion, challenger));
        assertThat(promoted.state()).as(promoted.verdict().reason()).isEqualTo(RolloutState.PROMOTED);
        RolloutFlowTest.awaitPublished("rides/champion", "2");

        // One that learned nothing does not become champion beside one that has.
        assertThat(RolloutFlowTest.train("rides", values(2000, false, null, null), START.plusSeconds(500)))
                .contains("kept out by gate quality");
    }

    @Test
    void aShadowIsJudgedByWhatTheChampionsRewardsSayOfIt() {
        makeLoop("shadowed", "bandit", "shadow\",\"bakingTime\":\"PT0S");
        World world = new World("shadowed", 4, START);
        RolloutFlowTest.train("shadowed", world.shuffled(600), null);
        promote("shadowed");
        assertThat(RolloutFlowTest.train("shadowed", world.feedback(600), START.plusSeconds(60)))
                .contains("is rolled out as shadow");
        RolloutFlowTest.awaitPublished("shadowed/shadow", "2");
        assertThat(RolloutFlowTest.version("shadowed", 1).roles()).containsExactly("champion");
        CanaryTraffic traffic = new CanaryTraffic(
                "shadowed", 1, RolloutFlowTest.artifact("shadowed", 1), 2, RolloutFlowTest.artifact("shadowed", 2));
        Rollout promoted = serve("shadowed", () -> traffic.shadowed(200));
        assertThat(promoted.state()).as(promoted.verdict().reason()).isEqualTo(RolloutState.PROMOTED);
        RolloutFlowTest.awaitPublished("shadowed/champion", "2");
        assertThat(RolloutFlowTest.version("shadowed", 2).roles()).containsExactly("champion");
    }

    private static void makeLoop(String loop, String kind, String mode) {
        given().contentType(ContentType.JSON)
                .body("{\"kind\":\"" + kind + "\",\"training\":{\"learner\":\"linear\",\"minimumFeedback\":300,"
                        + "\"holdoutShare\":0.3},\"rollout\":{\"mode\":\"" + mode + "\"}}")
                .put("/v1/loops/" + loop)
                .then()
                .statusCode(201);
    }

    static void promote(String loop) {
        given().contentType(ContentType.JSON)
                .body(Map.of("version", 1, "reason", "by hand"))
                .put("/v1/loops/" + loop + "/roles/champion")
                .then()
                .statusCode(200);
    }

    private static Rollout serve(String loop, Supplier<List<Feedback>> traffic) {
        await().pollInterval(Duration.ofMillis(200)).atMost(PATIENCE).until(() -> {
            if (RolloutFlowTest.rollout(loop).state() == RolloutState.RUNNING) {
                FeedbackWriter.write(traffic.get());
            }
            return RolloutFlowTest.rollout(loop).state() != RolloutState.RUNNING;
        });
        return RolloutFlowTest.rollout(loop);
    }

    /** Minutes that depend on a number, or honestly do not; beside them what both versions of a mixture predicted, if there is one. */
    private List<Feedback> values(int rows, boolean honest, Scorer champion, Scorer challenger) {
        List<Feedback> all = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            double x = 2 * random.nextDouble() - 1;
            Map<String, Object> context = Map.of("x", x);
            double told = honest ? x : 2 * random.nextDouble() - 1;
            double value = 10 + 5 * told + random.nextDouble();
            Instant time = START.plusMillis(100L * made);
            List<Component> components = champion == null
                    ? null
                    : List.of(
                            new Component(ModelRole.CHAMPION.word(), 1, "none", 0.5, null, champion.predict(context)),
                            new Component(
                                    ModelRole.CHALLENGER.word(), 2, "none", 0.5, null, challenger.predict(context)));
            Integer drawn = champion == null ? null : made % 2;
            Decision decision = Decision.builder("rides", "rides-" + made++, LoopKind.REGRESSION, time)
                    .context(context)
                    .prediction(
                            components == null ? null : components.get(drawn).prediction())
                    .modelVersion(drawn == null ? 0 : 1 + drawn)
                    .policy("none")
                    .components(components)
                    .drawnComponent(drawn)
                    .build();
            all.add(Feedback.matched(decision, value, time.plusSeconds(1)));
        }
        return all;
    }
}
