package io.leeway.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void keepsFieldsThatThisVersionDoesNotKnow() {
        Reward reward = Json.read("{\"loop\":\"a\",\"eventId\":\"e\",\"value\":1,\"currency\":\"EUR\"}", Reward.class);
        assertThat(reward.other()).isEqualTo(Map.of("currency", "EUR"));
        assertThat(Json.text(reward)).contains("\"currency\":\"EUR\"");
    }

    @Test
    void fillsInDefaultsWhereNothingWasGiven() {
        LoopSettings settings =
                Json.read("{\"kind\":\"bandit\",\"reward\":{\"rewardWait\":\"PT5S\"}}", LoopSettings.class);
        assertThat(settings.reward().rewardWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.reward().range()).isEqualTo(RewardRange.UNIT);
        assertThat(settings.exploration().rule()).isEqualTo("squareCb");
        assertThat(Json.read(Json.bytes(settings), LoopSettings.class)).isEqualTo(settings);
    }

    @Test
    void namesTheFieldAndTheValueThatBreakTheContract() {
        assertThatThrownBy(() ->
                        Json.read("{\"context\":{},\"actions\":[{\"id\":\"a\"},{\"id\":\"\"}]}", DecisionRequest.class))
                .isInstanceOf(UnreadableJsonException.class)
                .hasMessageContaining("actions[1].id")
                .hasMessageContaining("must not be empty");
        assertThatThrownBy(() -> Json.read("{\"actions\":[{\"id\":\"a\"},{\"id\":\"a\"}]}", DecisionRequest.class))
                .hasMessageContaining("actions[1].id")
                .hasMessageContaining("must be unique");
    }

    @Test
    void refusesNumbersThatAreNotNumbers() {
        assertThatThrownBy(() -> Json.read("{\"eventId\":\"e\",\"value\":NaN}", Reward.class))
                .isInstanceOf(UnreadableJsonException.class)
                .hasMessageContaining("line 1, column");
        assertThatThrownBy(() -> Json.read("{\"eventId\":\"e\",\"value\":\"1\"}", Reward.class))
                .hasMessageContaining("value");
        assertThatThrownBy(() -> Json.read("{\"eventId\":\"e\",\"value\":1e999}", Reward.class))
                .hasMessageContaining("must be a finite number");
    }

    @Test
    void saysWhatAWrongTypeMustBe() {
        assertThatThrownBy(() -> Json.read("{\"eventId\":\"e\",\"value\":\"1\"}", Reward.class))
                .hasMessage("value: must be a number: value=\"1\"");
        assertThatThrownBy(() -> Json.read("{\"eventId\":\"e\",\"value\":[1]}", Reward.class))
                .hasMessage("value: must be a number: value=[...]");
        assertThatThrownBy(() -> Json.read("{\"eventId\":\"e\",\"value\":1,\"time\":\"noon\"}", Reward.class))
                .hasMessage("time: must be a time in ISO 8601, as in 2026-01-31T12:00:00Z: time=noon");
        assertThatThrownBy(() -> Json.read("{\"kind\":\"game\"}", LoopSettings.class))
                .hasMessage("kind: must be one of [bandit, regression, mdp]: kind=game");
        assertThatThrownBy(() -> Json.read("{\"kind\":1}", LoopSettings.class))
                .hasMessageStartingWith("kind: must be one of [bandit, regression, mdp]");
        assertThatThrownBy(() -> Json.read("{\"kind\":\"bandit\",\"training\":{\"epochs\":3e9}}", LoopSettings.class))
                .hasMessageStartingWith("training.epochs: must be a whole number of 32 bits: epochs=");
    }

    @Test
    void saysWhereADocumentIsNotJson() {
        assertThatThrownBy(() -> Json.read("{\"context\":\n {\"age\": }}", DecisionRequest.class))
                .hasMessageStartingWith("not JSON at line 2, column");
        assertThatThrownBy(() -> Json.read("[]", DecisionRequest.class))
                .hasMessageStartingWith("must be an object at line 1");
        assertThatThrownBy(() -> Json.read("{} {}", DecisionRequest.class))
                .hasMessageStartingWith("must end after one value at line 1");
        assertThatThrownBy(() -> Json.read(" ", DecisionRequest.class))
                .hasMessageStartingWith("must not be empty at line 1");
        assertThatThrownBy(() -> Json.read("[".repeat(100), Object.class))
                .hasMessageEndingWith("must be nested at most 64 deep: depth=65")
                .hasMessageNotContaining("StreamRead");
        String deep = "{\"context\":{\"ok\":[1],\"x\":[{\"y\":" + "[".repeat(100) + "]".repeat(100) + "}]}}";
        assertThatThrownBy(() -> Json.read(deep, DecisionRequest.class))
                .hasMessage("context.x[0].y[0][0][0][0]...: must be nested at most 64 deep: depth=65");
        InputStream stream = new ByteArrayInputStream(deep.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Json.mapper().readValue(stream, DecisionRequest.class))
                .isInstanceOfSatisfying(IOException.class, e -> assertThat(Json.unreadable(e))
                        .hasMessage("context.x[0].y[0][0][0][0]...: must be nested at most 64 deep: depth=65"));
        assertThat(Json.mapper().copy().getFactory().getClass())
                .isEqualTo(Json.mapper().getFactory().getClass());
    }

    @Test
    void refusesAKeyThatStandsTwice() {
        assertThatThrownBy(() -> Json.read("{\"eventId\":\"e\",\"value\":1,\"value\":2}", Reward.class))
                .hasMessageContaining("value");
    }
}
