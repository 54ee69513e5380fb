package io.leeway.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Component;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Json;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.SlotProbabilities;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Seeds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayTest {
    private static final String SALT = "salt";

    private static List<ActionProbability> chances(double a, double b) {
        return List.of(new ActionProbability("a", a, null), new ActionProbability("b", b, null));
    }

    /** One slot by the mixture 0.75 (0.9, 0.1) + 0.25 (0.1, 0.9) = (0.7, 0.3). */
    private static Decision canary(String eventId) {
        int drawn = Distribution.of(0.75, 0.25).sample(Seeds.uniform(SALT, eventId, "main", Seeds.COMPONENT));
        double draw = Seeds.uniform(SALT, eventId, "main", Seeds.ACTION);
        boolean first =
                Distribution.of(drawn == 0 ? 0.9 : 0.1, drawn == 0 ? 0.1 : 0.9).sample(draw) == 0;
        SlotDecision slot = new SlotDecision("main", chances(0.7, 0.3), first ? "a" : "b", first ? 0.7 : 0.3, draw);
        Component champion = component("champion", 1, 0.75, 0.9);
        Component challenger = component("challenger", 2, 0.25, 0.1);
        return Decision.builder("films", eventId, LoopKind.BANDIT, Instant.EPOCH)
                .context(Map.of())
                .slots(List.of(slot))
                .modelVersion(drawn + 1)
                .policy("softmax")
                .components(List.of(champion, challenger))
                .drawnComponent(drawn)
                .build();
    }

    private static Component component(String role, long version, double weight, double a) {
        return new Component(
                role, version, "softmax", weight, List.of(new SlotProbabilities("main", chances(a, 1 - a))), null);
    }

    @Test
    void whatWasLoggedComesOutAgain() {
        for (int i = 0; i < 50; i++) {
            Replay replay = Replay.of(canary("event-" + i), Optional.of(SALT));
            assertThat(replay.agrees()).as(replay.steps().toString()).isTrue();
            assertThat(Replay.of(canary("event-" + i), Optional.empty()).agrees())
                    .isTrue();
        }
    }

    @Test
    void anotherSaltOrEventIdIsNoticed() {
        assertThat(Replay.of(canary("event-1"), Optional.of("another")).agrees())
                .isFalse();
        assertThat(Replay.of(changed("/eventId", "\"another\""), Optional.of(SALT))
                        .agrees())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/slots/0/action | \"c\"",
                "/slots/0/probability | 0.5",
                "/slots/0/draw | 0.123",
                "/slots/0/probabilities/0/probability | 0.69",
                "/components/0/slots/0/probabilities/0/probability | 0.89",
                "/drawnComponent | 1",
                "/modelVersion | 2"
            })
    void whatWasChangedInTheLogIsNoticed(String pointer, String value) {
        boolean noticed;
        try {
            noticed = !Replay.of(changed(pointer, value), Optional.of(SALT)).agrees();
        } catch (IllegalArgumentException e) {
            noticed = true;
        }
        assertThat(noticed).isTrue();
    }

    private static Decision changed(String pointer, String value) {
        ObjectNode json = Json.mapper()
                .valueToTree(IntStream.range(0, 100)
                        .mapToObj(i -> canary("event-" + i))
                        .filter(decision -> decision.drawnComponent() == 0)
                        .findFirst()
                        .orElseThrow());
        int cut = pointer.lastIndexOf('/');
        ((ObjectNode) json.at(pointer.substring(0, cut)))
                .set(pointer.substring(cut + 1), Json.read(value, JsonNode.class));
        return Json.read(json.toString(), Decision.class);
    }
}
