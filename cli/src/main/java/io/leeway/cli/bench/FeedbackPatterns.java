package io.leeway.cli.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Decision;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.Json;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.Topics;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Feedback of uniform decisions, written from patterns: making it must not cost what is measured. */
final class FeedbackPatterns {
    private static final String ID = "00000000000000000000";
    private static final int PATTERNS = 1000;

    private final byte[][] patterns = new byte[PATTERNS][];
    private final int[][] places = new int[PATTERNS][];

    FeedbackPatterns(String loop, Workload workload) {
        SplittableRandom random = new SplittableRandom(5);
        byte[][] bodies = workload.bodies(PATTERNS);
        for (int i = 0; i < PATTERNS; i++) {
            DecisionRequest request = Json.read(bodies[i], DecisionRequest.class);
            patterns[i] = Json.bytes(feedback(loop, request, random));
            places[i] = places(new String(patterns[i], ISO_8859_1));
        }
    }

    private static int[] places(String json) {
        int[] found = new int[8];
        int count = 0;
        for (int at = json.indexOf(ID); at >= 0; at = json.indexOf(ID, at + 1)) {
            found[count++] = at;
        }
        return Arrays.copyOf(found, count);
    }

    ProducerRecord<String, byte[]> record(long number) {
        int pattern = (int) (number % PATTERNS);
        String id = String.format(Locale.ROOT, "%020d", number + 1);
        byte[] value = patterns[pattern].clone();
        byte[] bytes = id.getBytes(ISO_8859_1);
        for (int place : places[pattern]) {
            System.arraycopy(bytes, 0, value, place, bytes.length);
        }
        return new ProducerRecord<>(Topics.FEEDBACK, id, value);
    }

    private static Feedback feedback(String loop, DecisionRequest request, SplittableRandom random) {
        int actions = request.actions().size();
        int chosen = random.nextInt(actions);
        List<ActionProbability> probabilities = request.actions().stream()
                .map(action -> new ActionProbability(action.id(), 1.0 / actions, null))
                .toList();
        Instant now = Instant.now();
        Decision decision = Decision.builder(loop, ID, LoopKind.BANDIT, now)
                .context(request.context())
                .actions(request.actions())
                .slots(List.of(new SlotDecision(
                        SlotDecision.MAIN,
                        probabilities,
                        request.actions().get(chosen).id(),
                        1.0 / actions,
                        0.5)))
                .policy("uniform")
                .build();
        double reward = Math.max(-2, Math.min(3, Workload.reward(request, chosen, random)));
        return Feedback.matched(decision, reward, now);
    }
}
