package io.leeway.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leeway.contracts.Action;
import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Json;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.Reward;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.Topics;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Decisions of ten actions and ten features, and their rewards, as records. Event ids begin with the time, as those of the prediction
 * service do, and tell when the event was decided. Written from a pattern: making them must not cost what is measured.
 */
final class IngestEvents {
    private static final int WIDTH = 10;
    private static final String ID = "event-id-here";
    private static final Instant TIME = Instant.parse("2001-01-01T00:00:00.001Z");

    private final String loop;
    private final String[] decision;
    private final String[] reward;

    IngestEvents(String loop) {
        this.loop = loop;
        this.decision = pattern(Json.text(sample(loop)));
        this.reward = pattern(Json.text(new Reward(loop, ID, 0.5, ID, null, null, TIME, null)));
    }

    /** Id of event {@code number}, decided at {@code millis} since 1970. */
    static String id(long millis, long number) {
        return String.format(Locale.ROOT, "%013d-%09d", millis, number);
    }

    static long millis(String id) {
        return Long.parseLong(id.substring(0, 13));
    }

    ProducerRecord<String, byte[]> decision(String id) {
        return new ProducerRecord<>(Topics.DECISIONS, id, fill(decision, id, millis(id)));
    }

    /** A reward of {@code millis}. */
    ProducerRecord<String, byte[]> reward(String id, long millis) {
        return new ProducerRecord<>(Topics.REWARDS, id, fill(reward, id, millis));
    }

    String loop() {
        return loop;
    }

    private static String[] pattern(String json) {
        return json.replace(TIME.toString(), "\u0001")
                .replace(ID, "\u0002")
                .split("(?<=[\u0001\u0002])|(?=[\u0001\u0002])");
    }

    private static byte[] fill(String[] pattern, String id, long millis) {
        StringBuilder text = new StringBuilder(2048);
        for (String part : pattern) {
            switch (part) {
                case "\u0001" -> text.append(Instant.ofEpochMilli(millis));
                case "\u0002" -> text.append(id);
                default -> text.append(part);
            }
        }
        return text.toString().getBytes(UTF_8);
    }

    private static Decision sample(String loop) {
        List<String> ids =
                IntStream.range(0, WIDTH).mapToObj(i -> "action-" + i).toList();
        List<ActionProbability> probabilities = ids.stream()
                .map(id -> new ActionProbability(id, 1.0 / WIDTH, null))
                .toList();
        Map<String, Object> context = new LinkedHashMap<>();
        for (int i = 0; i < WIDTH; i++) {
            context.put("feature" + i, i % 2 == 0 ? (Object) (0.125 * i) : "value-" + i);
        }
        return Decision.builder(loop, ID, LoopKind.BANDIT, TIME)
                .context(context)
                .actions(ids.stream().map(Action::of).toList())
                .slots(List.of(new SlotDecision(SlotDecision.MAIN, probabilities, ids.get(3), 1.0 / WIDTH, 0.25)))
                .modelVersion(1)
                .policy("squareCb")
                .build();
    }
}
