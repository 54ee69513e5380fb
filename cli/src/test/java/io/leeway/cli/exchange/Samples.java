package io.leeway.cli.exchange;

import io.leeway.contracts.Feedback;
import io.leeway.contracts.Json;
import java.util.List;

/** Feedback as feedback-logger keeps it: one slot, several, no reward, a deferred decision, foreign history. */
final class Samples {
    private Samples() {}

    static final List<Feedback> FEEDBACK = List.of(feedback("""
                    {"loop":"news","eventId":"e1","revision":1,"status":"matched","reward":0.75,"slotRewards":{"main":0.75},
                     "rewards":[{"loop":"news","eventId":"e1","value":0.5,"rewardId":"r1","slot":"main","time":"2026-11-21T10:00:01Z"},
                                {"loop":"news","eventId":"e1","value":0.25,"slot":"main","name":"read","time":"2026-11-21T10:00:02Z"}],
                     "decision":{"loop":"news","eventId":"e1","loopRevision":1,"kind":"bandit","time":"2026-11-21T10:00:00.123456Z",
                       "context":{"user":{"age":31,"words":["a","b"]},"hour":5,"name":"17","note":"a, \\"b\\"; c","vip":true,"mixed":1},
                       "actions":[{"id":"politics","features":{"topic":1}},{"id":"sports"},{"id":"gone"}],"excluded":["gone"],
                       "slots":[{"name":"main","probabilities":[{"action":"politics","probability":0.25},
                         {"action":"sports","probability":0.75}],"action":"politics","probability":0.25,"draw":0.1}],
                       "modelVersion":3,"policy":"squareCb","deferred":false},
                     "closedAt":"2026-11-21T10:10:00Z","imported":false}"""), feedback("""
                    {"loop":"news","eventId":"e2","revision":2,"status":"corrected","reward":1,"slotRewards":{"top":1,"side":0},
                     "rewards":[{"loop":"news","eventId":"e2","value":1,"slot":"top","time":"2026-11-21T10:00:02Z"}],
                     "decision":{"loop":"news","eventId":"e2","loopRevision":1,"kind":"bandit","time":"2026-11-21T10:00:01Z",
                       "context":{"share":6.5,"mixed":"text"},"actions":[{"id":"politics","features":{"topic":1}},{"id":"sports"}],
                       "slots":[{"name":"top","probabilities":[{"action":"politics","probability":0.4},
                         {"action":"sports","probability":0.6}],"action":"sports","probability":0.6,"draw":0.1,"features":{"size":2}},
                        {"name":"side","probabilities":[{"action":"politics","probability":1}],"action":"politics","probability":1,
                         "draw":0.1}],
                       "modelVersion":0,"policy":"none","deferred":true},
                     "closedAt":"2026-11-21T10:10:00Z","imported":false}"""), feedback("""
                    {"loop":"news","eventId":"e3","revision":1,"status":"defaulted","reward":0,"slotRewards":{"main":0},"rewards":[],
                     "decision":{"loop":"news","eventId":"e3","loopRevision":1,"kind":"bandit","time":"2026-11-21T10:00:02Z",
                       "context":{"name":""},"actions":[{"id":"politics"},{"id":"sports"}],
                       "slots":[{"name":"main","probabilities":[{"action":"sports","probability":0.3}],"action":"sports",
                         "probability":0.3,"draw":0}],
                       "modelVersion":0,"policy":"imported","deferred":false,"model":"vw/7","pdrop":0.5},
                     "closedAt":"2026-11-21T10:10:00Z","imported":true}"""));

    static Feedback feedback(String json) {
        return Json.read(json, Feedback.class);
    }

    /** The rows of a snapshot of them. */
    static String rows() {
        StringBuilder rows = new StringBuilder();
        FEEDBACK.forEach(one -> rows.append(Json.text(one)).append('\n'));
        return rows.toString();
    }
}
