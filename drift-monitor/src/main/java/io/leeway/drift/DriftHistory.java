package io.leeway.drift;

import io.leeway.contracts.Drift;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The newest drift events of every loop, whichever instance found them. Thread safe. */
@Singleton
public class DriftHistory {
    private final Map<String, Deque<Drift>> byLoop = new ConcurrentHashMap<>();
    private final int most;

    @Inject
    DriftHistory(DriftMonitorConfig config) {
        this(config.historyPerLoop());
    }

    DriftHistory(int most) {
        this.most = most;
    }

    public void add(Drift drift) {
        byLoop.compute(drift.loop(), (loop, known) -> {
            Deque<Drift> events = known == null ? new ArrayDeque<>() : known;
            if (events.size() == most) {
                events.removeFirst();
            }
            events.addLast(drift);
            return events;
        });
    }

    public void forget(String loop) {
        byLoop.remove(loop);
    }

    /** Newest first. */
    public List<Drift> newest(String loop, int limit) {
        List<Drift> events = new ArrayList<>();
        byLoop.computeIfPresent(loop, (name, known) -> {
            events.addAll(known);
            return known;
        });
        Collections.reverse(events);
        return List.copyOf(events.subList(0, Math.min(limit, events.size())));
    }
}
