package io.leeway.drift;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Drift;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
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

    /**
     * Newest first.
     *
     * @param after key of the last event of the page before, as {@link #key} says; null for the first page
     * @throws ContractViolation if no event has that key (any more)
     */
    public List<Drift> newest(String loop, int limit, String after) {
        List<Drift> all = newest(loop, most);
        if (after == null) {
            return all.subList(0, Math.min(limit, all.size()));
        }
        for (int i = 0; i < all.size(); i++) {
            if (key(all.get(i)).equals(after)) {
                return all.subList(i + 1, (int) Math.min(i + 1L + limit, all.size()));
            }
        }
        throw new ContractViolation("after", "must be an event that is still known", after);
    }

    /** What tells an event from all others: its drift and the state. */
    public static String key(Drift drift) {
        return drift.driftId() + "/" + drift.state().name().toLowerCase(Locale.ROOT);
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
