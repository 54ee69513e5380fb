package io.leeway.drift;

import io.leeway.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** What the newest checks of inputs saw, for people. Not thread safe; at most {@link #MOST}. */
final class PastChecks {
    static final int MOST = 100;

    private final Deque<PastCheck> checks = new ArrayDeque<>();

    /** What a check saw. @param input the one that moved furthest; empty where none did */
    record PastCheck(String time, double effect, String input, boolean drifted) {}

    void add(InputCheck check) {
        if (checks.size() == MOST) {
            checks.removeFirst();
        }
        boolean any = check.drifted();
        checks.addLast(new PastCheck(
                check.window().to().toString(),
                any ? check.largest().effect() : 0,
                any ? check.largest().input() : "",
                any));
    }

    /** Oldest first. */
    List<PastCheck> all() {
        return List.copyOf(checks);
    }

    List<Map<String, Object>> toJson() {
        return checks.stream()
                .map(check -> Map.<String, Object>of(
                        "time",
                        check.time(),
                        "effect",
                        check.effect(),
                        "input",
                        check.input(),
                        "drifted",
                        check.drifted()))
                .toList();
    }

    static PastChecks fromJson(List<JsonObject> json) {
        PastChecks restored = new PastChecks();
        json.forEach(check -> restored.checks.addLast(
                new PastCheck(check.text("time"), check.number("effect"), check.text("input"), check.flag("drifted"))));
        return restored;
    }
}
