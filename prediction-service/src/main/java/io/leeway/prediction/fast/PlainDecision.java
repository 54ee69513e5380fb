package io.leeway.prediction.fast;

import io.leeway.contracts.SlotDecision;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Seeds;
import io.leeway.prediction.journal.RecordBuffer;
import java.util.Arrays;

/** A plain decision as it is made and written. Reused; not thread safe. */
final class PlainDecision {
    private static final byte[] CONTEXT = JsonBuffer.piece("\",\"context\":");
    private static final byte[] EMPTY = JsonBuffer.piece("{}");
    private static final byte[] ACTIONS = JsonBuffer.piece(",\"actions\":");
    private static final byte[] EXCLUDED = JsonBuffer.piece(",\"excluded\":[");
    private static final byte[] SLOT =
            JsonBuffer.piece("],\"slots\":[{\"name\":\"" + SlotDecision.MAIN + "\",\"probabilities\":[");
    private static final byte[] CHOSEN = JsonBuffer.piece("],\"action\":\"");
    private static final byte[] PROBABILITY = JsonBuffer.piece("\",\"probability\":");
    private static final byte[] DRAW = JsonBuffer.piece(",\"draw\":");
    private static final byte[] DEFERRED = JsonBuffer.piece(",\"deferred\":");
    private static final byte[] ACTION = JsonBuffer.piece("{\"action\":\"");
    private static final byte[] SCORE = JsonBuffer.piece(",\"score\":");
    private static final byte[] ANSWERED = JsonBuffer.piece("\",\"action\":\"");
    private static final byte[] RANKING = JsonBuffer.piece(",\"ranking\":[");
    private static final byte[] TIME = JsonBuffer.piece(",\"time\":\"");

    private final JsonBuffer fragments = new JsonBuffer();
    private final JsonBuffer log = new JsonBuffer();
    private final JsonBuffer answer = new JsonBuffer();
    private int[] fragmentEnds = new int[16];
    private double[] allScores = new double[16];

    private Distribution distribution;
    private double draw;
    private int chosen;
    private double probability;

    /** Scores, distribution, draw: by the functions that the general way uses. */
    void decide(PlainLoop loop, PlainRequest request, Candidates candidates, String eventId) {
        double[] scores = loop.scorer() == null ? null : score(loop, request, candidates);
        distribution = loop.policy().distribution(scores, candidates.size());
        draw = Seeds.uniform(loop.serving().loop().salt(), eventId, SlotDecision.MAIN, "action");
        chosen = distribution.sample(draw);
        probability = Math.min(1, distribution.probability(chosen));
        writeFragments(candidates, scores);
    }

    private double[] score(PlainLoop loop, PlainRequest request, Candidates candidates) {
        if (allScores.length < candidates.offered()) {
            allScores = new double[candidates.offered()];
        }
        loop.scorer()
                .scoreColumns(
                        request.contextColumns(),
                        candidates.columns(),
                        loop.scorer().readsIds() ? candidates.texts() : null,
                        candidates.offered(),
                        allScores);
        double[] scores = new double[candidates.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = allScores[candidates.place(i)];
        }
        return scores;
    }

    /** Each action with probability and score, once for log and answer. */
    private void writeFragments(Candidates candidates, double[] scores) {
        fragments.clear();
        if (fragmentEnds.length < candidates.size()) {
            fragmentEnds = new int[candidates.size()];
        }
        for (int i = 0; i < candidates.size(); i++) {
            if (i > 0) {
                fragments.put(',');
            }
            fragments.put(ACTION);
            candidates.putId(i, fragments);
            fragments.put(PROBABILITY).put(distribution.probability(i));
            if (scores != null) {
                fragments.put(SCORE).put(scores[i]);
            }
            fragments.put('}');
            fragmentEnds[i] = fragments.length();
        }
    }

    /** Writes the decision as its topic has it, behind the header that {@code record} has begun with. */
    void writeLog(
            PlainLoop loop,
            PlainRequest request,
            Candidates candidates,
            String eventId,
            byte[] time,
            RecordBuffer record) {
        byte[] body = request.body();
        log.clear().put(loop.begin());
        putEventId(request, eventId, log);
        log.put(loop.revision()).put(time).put(CONTEXT);
        if (request.context().isPresent()) {
            log.put(body, request.context().from(), request.context().length());
        } else {
            log.put(EMPTY);
        }
        log.put(ACTIONS);
        if (request.actions().isPresent()) {
            log.put(body, request.actions().from(), request.actions().length());
        } else {
            log.put(loop.ownActions());
        }
        log.put(EXCLUDED);
        for (int i = 0; i < request.excluded().count(); i++) {
            log.put(i == 0 ? "\"" : ",\"")
                    .put(body, request.excluded().from(i), request.excluded().length(i))
                    .put('"');
        }
        log.put(SLOT).put(fragments).put(CHOSEN);
        candidates.putId(chosen, log);
        log.put(PROBABILITY).put(probability).put(DRAW).put(draw).put("}],");
        log.put(loop.version()).put(DEFERRED).put(request.deferred() ? "true}" : "false}");
        record.write(log.bytes(), 0, log.length());
    }

    /** Writes what the caller is told. */
    byte[] writeAnswer(PlainLoop loop, PlainRequest request, Candidates candidates, String eventId, byte[] time) {
        answer.clear().put(loop.begin());
        putEventId(request, eventId, answer);
        answer.put(ANSWERED);
        candidates.putId(chosen, answer);
        answer.put(PROBABILITY).put(probability).put(RANKING);
        int[] order = ranking(candidates.size());
        for (int i = 0; i < order.length; i++) {
            if (i > 0) {
                answer.put(',');
            }
            int from = order[i] == 0 ? 0 : fragmentEnds[order[i] - 1] + 1;
            answer.put(fragments, from, fragmentEnds[order[i]]);
        }
        answer.put("],").put(loop.version()).put(TIME).put(time).put("\"}");
        return answer.copy();
    }

    private static void putEventId(PlainRequest request, String eventId, JsonBuffer out) {
        if (request.eventId().isPresent()) {
            out.put(request.body(), request.eventId().from(), request.eventId().length());
        } else {
            out.put(eventId);
        }
    }

    /** The most probable first, those alike in their order. */
    private int[] ranking(int size) {
        int[] order = new int[size];
        Arrays.setAll(order, i -> i);
        if (size > 32) {
            Integer[] boxed = Arrays.stream(order).boxed().toArray(Integer[]::new);
            Arrays.sort(boxed, (a, b) -> Double.compare(distribution.probability(b), distribution.probability(a)));
            Arrays.setAll(order, i -> boxed[i]);
            return order;
        }
        for (int i = 1; i < size; i++) {
            int moved = order[i];
            double key = distribution.probability(moved);
            int at = i;
            while (at > 0 && distribution.probability(order[at - 1]) < key) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = moved;
        }
        return order;
    }
}
