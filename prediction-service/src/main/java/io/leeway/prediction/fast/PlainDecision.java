package io.leeway.prediction.fast;

import io.leeway.contracts.SlotDecision;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Seeds;
import io.leeway.prediction.DecisionMeters;
import io.leeway.prediction.journal.RecordBuffer;
import java.util.Arrays;
import java.util.List;

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
    private static final byte[] COMPONENTS = JsonBuffer.piece(",\"components\":[");
    private static final byte[] COMPONENT_END = JsonBuffer.piece("]}]}");
    private static final byte[] DRAWN = JsonBuffer.piece(",\"drawnComponent\":");
    private static final byte[] SHADOWS = JsonBuffer.piece(",\"shadows\":[");
    private static final byte[] DEFERRED = JsonBuffer.piece(",\"deferred\":");
    private static final byte[] ACTION = JsonBuffer.piece("{\"action\":\"");
    private static final byte[] SCORE = JsonBuffer.piece(",\"score\":");
    private static final byte[] ANSWERED = JsonBuffer.piece("\",\"action\":\"");
    private static final byte[] RANKING = JsonBuffer.piece(",\"ranking\":[");
    private static final byte[] TIME = JsonBuffer.piece(",\"time\":\"");

    private final JsonBuffer fragments = new JsonBuffer();
    private final JsonBuffer log = new JsonBuffer();
    private final JsonBuffer answer = new JsonBuffer();
    private final Ranking ranking = new Ranking();
    private int[] fragmentEnds = new int[16];

    private List<Opinion> opinions;
    private List<Opinion> shadows;
    private int drawn;
    private Distribution distribution;
    private double draw;
    private int chosen;
    private double probability;

    /**
     * Draws a component, and an action from it: by the functions that the general way uses.
     *
     * @param mixed what the loop's policies think, which have decided; at least one
     * @param beside what its shadows think
     */
    void decide(PlainLoop loop, List<Opinion> mixed, List<Opinion> beside, Candidates candidates, String eventId) {
        opinions = mixed;
        shadows = beside;
        drawn = loop.serving().drawComponent(eventId);
        distribution = mixed.size() == 1 ? mixed.get(0).distribution() : mix(loop);
        draw = Seeds.uniform(loop.serving().loop().salt(), eventId, SlotDecision.MAIN, Seeds.ACTION);
        chosen = drawn().distribution().sample(draw);
        probability = Math.min(1, distribution.probability(chosen));
        writeFragments(candidates);
    }

    private Distribution mix(PlainLoop loop) {
        Distribution[] parts = new Distribution[opinions.size()];
        Arrays.setAll(parts, i -> opinions.get(i).distribution());
        return loop.serving().mix(parts);
    }

    private Opinion drawn() {
        return opinions.get(drawn);
    }

    /** Of the drawn component. */
    DecisionMeters.OfPolicy meters() {
        return drawn().policy().meters();
    }

    /** Each action with probability and score, once for log and answer. */
    private void writeFragments(Candidates candidates) {
        fragments.clear();
        if (fragmentEnds.length < candidates.size()) {
            fragmentEnds = new int[candidates.size()];
        }
        for (int i = 0; i < candidates.size(); i++) {
            if (i > 0) {
                fragments.put(',');
            }
            putAction(candidates, i, distribution, drawn().scores(), fragments);
            fragmentEnds[i] = fragments.length();
        }
    }

    private static void putAction(
            Candidates candidates, int i, Distribution distribution, double[] scores, JsonBuffer out) {
        out.put(ACTION);
        candidates.putId(i, out);
        out.put(PROBABILITY).put(distribution.probability(i));
        if (scores != null) {
            out.put(SCORE).put(scores[i]);
        }
        out.put('}');
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
        log.put(drawn().policy().loggedVersion());
        if (opinions.size() > 1) {
            putComponents(COMPONENTS, opinions, candidates);
            log.put(DRAWN).put((char) ('0' + drawn));
        }
        if (!shadows.isEmpty()) {
            putComponents(SHADOWS, shadows, candidates);
        }
        log.put(DEFERRED).put(request.deferred() ? "true}" : "false}");
        record.write(log.bytes(), 0, log.length());
    }

    private void putComponents(byte[] name, List<Opinion> of, Candidates candidates) {
        log.put(name);
        for (int i = 0; i < of.size(); i++) {
            Opinion one = of.get(i);
            if (i > 0) {
                log.put(',');
            }
            log.put(one.policy().component());
            for (int action = 0; action < candidates.size(); action++) {
                if (action > 0) {
                    log.put(',');
                }
                putAction(candidates, action, one.distribution(), one.scores(), log);
            }
            log.put(COMPONENT_END);
        }
        log.put(']');
    }

    /** Writes what the caller is told. */
    byte[] writeAnswer(PlainLoop loop, PlainRequest request, Candidates candidates, String eventId, byte[] time) {
        answer.clear().put(loop.begin());
        putEventId(request, eventId, answer);
        answer.put(ANSWERED);
        candidates.putId(chosen, answer);
        answer.put(PROBABILITY).put(probability).put(RANKING);
        int[] order = ranking.of(distribution, candidates.size());
        for (int i = 0; i < candidates.size(); i++) {
            if (i > 0) {
                answer.put(',');
            }
            int from = order[i] == 0 ? 0 : fragmentEnds[order[i] - 1] + 1;
            answer.put(fragments, from, fragmentEnds[order[i]]);
        }
        answer.put("],").put(drawn().policy().version()).put(TIME).put(time).put("\"}");
        return answer.copy();
    }

    private static void putEventId(PlainRequest request, String eventId, JsonBuffer out) {
        if (request.eventId().isPresent()) {
            out.put(request.body(), request.eventId().from(), request.eventId().length());
        } else {
            out.put(eventId);
        }
    }
}
