package io.leeway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every refusal reads "constraint: name=value", and its field is the path of the value at fault. */
class MessagesTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<JsonNode> ODD = List.of(
            JSON.textNode(""),
            JSON.textNode(" "),
            JSON.textNode("A?"),
            JSON.textNode("x".repeat(201)),
            JSON.textNode("-PT1S"),
            JSON.textNode("PT0S"),
            JSON.numberNode(-1),
            JSON.numberNode(0),
            JSON.numberNode(2),
            JSON.numberNode(0.75),
            JSON.numberNode(1_000_000),
            JSON.numberNode(Long.MAX_VALUE),
            JSON.arrayNode().add(0),
            JSON.arrayNode().addNull(),
            JSON.objectNode().putNull("a"));

    static List<Class<?>> records() {
        return Records.all();
    }

    @ParameterizedTest
    @MethodSource("records")
    void namesConstraintFieldAndValue(Class<?> record) {
        Probe probe = new Probe(record);
        for (RecordComponent field : Probe.fields(record)) {
            for (JsonNode value : ODD) {
                Optional<UnreadableJsonException> refusal = probe.refusal(field.getName(), value);
                refusal.ifPresent(e -> assertThat(e.field())
                        .as("field of %s.%s=%s", record.getSimpleName(), field.getName(), value)
                        .matches(field.getName() + "([.\\[].*)?"));
                refusal.flatMap(MessagesTest::violation).ifPresent(violation -> {
                    assertThat(violation.getMessage())
                            .startsWith(violation.constraint() + ": " + violation.field() + "=");
                    assertThat(violation.constraint()).matches("(must|is not|exactly one) .*[^:= ]");
                });
            }
        }
    }

    @Test
    void everyRangeIsChecked() {
        List<String> checked = new ArrayList<>();
        for (Class<?> record : Records.all()) {
            Probe probe = new Probe(record);
            for (RecordComponent field : Probe.fields(record)) {
                if (ODD.stream().anyMatch(value -> probe.refusal(field.getName(), value)
                        .flatMap(MessagesTest::violation)
                        .isPresent())) {
                    checked.add(record.getSimpleName() + "." + field.getName());
                }
            }
        }
        assertThat(checked)
                .contains("Reward.eventId", "SlotDecision.probability", "SlotDecision.draw", "TrainingSettings.every")
                .hasSizeGreaterThan(60);
    }

    @Test
    void givesThePathFromTheTopOfTheDocument() {
        assertThat(refusal("{\"kind\":\"bandit\",\"reward\":{\"rewardWait\":\"-PT1S\"}}", LoopSettings.class))
                .hasMessage("reward.rewardWait: must not be negative: rewardWait=PT-1S");
        assertThat(refusal("{\"kind\":\"bandit\",\"exploration\":{\"rule\":\"greedy\"}}", LoopSettings.class)
                        .field())
                .isEqualTo("exploration.rule");
        assertThat(refusal("{\"episode\":{\"id\":\"e\",\"step\":-1,\"terminal\":false}}", DecisionRequest.class)
                        .field())
                .isEqualTo("episode.step");
        assertThat(refusal("{\"context\":{},\"slots\":[{\"name\":\"a\"},{}]}", DecisionRequest.class)
                        .field())
                .isEqualTo("slots[1].name");
    }

    @Test
    void shortensValuesSoThatAMessageStaysReadable() {
        assertThat(new ContractViolation("id", "must be short", "x".repeat(5000)).getMessage())
                .hasSizeLessThan(120)
                .endsWith("...");
    }

    private static UnreadableJsonException refusal(String json, Class<?> record) {
        try {
            throw new AssertionError("was read: " + Json.read(json, record));
        } catch (UnreadableJsonException e) {
            return e;
        }
    }

    private static Optional<ContractViolation> violation(UnreadableJsonException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ContractViolation violation) {
                return Optional.of(violation);
            }
        }
        return Optional.empty();
    }
}
