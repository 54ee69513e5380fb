package io.leeway.prediction;

import io.leeway.core.features.Action;
import java.util.ArrayList;
import java.util.List;

/** The actions of the contracts as those of the decision science. */
final class Actions {
    private Actions() {}

    static Action toCore(io.leeway.contracts.Action action) {
        return new Action(action.id(), action.features());
    }

    static List<Action> toCore(List<io.leeway.contracts.Action> actions) {
        List<Action> mapped = new ArrayList<>(actions.size());
        for (io.leeway.contracts.Action action : actions) {
            mapped.add(toCore(action));
        }
        return mapped;
    }
}
