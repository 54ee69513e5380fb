package io.leeway.core.bandit.auto;

import io.leeway.core.bandit.Memento;
import io.leeway.core.features.Situation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Gives action ids places in the order in which they come; beyond the maximum, ids share places by their hash. Not thread-safe. */
final class Arms {
    static final int UNKNOWN = -1;
    static final int MAXIMUM = 256;

    private final Map<String, Integer> places = new HashMap<>();

    int count() {
        return places.size();
    }

    int place(Situation situation, int action) {
        Integer place = places.get(situation.actionId(action));
        if (place != null) {
            return place;
        }
        return places.size() < MAXIMUM ? UNKNOWN : Math.floorMod(situation.actionHash(action), MAXIMUM);
    }

    /** Gives places to new actions, by their hashes: the order of a situation's actions must not matter. */
    void claim(Situation situation) {
        IntStream.range(0, situation.size())
                .filter(action -> place(situation, action) == UNKNOWN)
                .boxed()
                .sorted(Comparator.comparingInt(situation::actionHash))
                .forEach(action -> {
                    if (places.size() < MAXIMUM) {
                        places.put(situation.actionId(action), places.size());
                    }
                });
    }

    /** The ids in the order of their places. */
    List<String> ids() {
        List<String> ids = new ArrayList<>(places.keySet());
        ids.sort(Comparator.comparing(places::get));
        return ids;
    }

    void exchange(Memento state) {
        List<String> ids = ids();
        int count = state.length(ids.size());
        for (int i = 0; i < count; i++) {
            places.put(state.text(state.reads() ? null : ids.get(i)), i);
        }
    }
}
