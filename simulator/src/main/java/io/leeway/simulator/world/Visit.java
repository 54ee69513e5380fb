package io.leeway.simulator.world;

import io.leeway.contracts.Action;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A user who asks once: the context, what can be chosen, and the true expected reward of each choice, which no policy
 * sees and every account is kept by. Immutable.
 */
public final class Visit {

    private final long moment;
    private final Map<String, Object> context;
    private final List<Action> actions;
    private final double[] expected;
    private final int best;
    private final double uniform;

    /**
     * @param moment position of this visit in the world's traffic
     * @param expected true expected reward of each action, in the order of the actions
     */
    public Visit(long moment, Map<String, Object> context, List<Action> actions, double[] expected) {
        if (actions.isEmpty() || actions.size() != expected.length) {
            throw new IllegalArgumentException("must be one expected reward for each of at least one action: actions="
                    + actions.size() + ", expected=" + expected.length);
        }
        this.moment = moment;
        this.context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
        this.actions = List.copyOf(actions);
        this.expected = expected.clone();
        int argmax = 0;
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            if (!Double.isFinite(expected[i])) {
                throw new IllegalArgumentException("must be finite: expected[" + i + "]=" + expected[i]);
            }
            sum += expected[i];
            argmax = expected[i] > expected[argmax] ? i : argmax;
        }
        this.best = argmax;
        this.uniform = sum / expected.length;
    }

    public long moment() {
        return moment;
    }

    public Map<String, Object> context() {
        return context;
    }

    public List<Action> actions() {
        return actions;
    }

    /** True expected reward of the action at this index. */
    public double expected(int action) {
        return expected[action];
    }

    /** Index of the action whose expected reward is highest; the first of equals. */
    public int best() {
        return best;
    }

    public double bestValue() {
        return expected[best];
    }

    /** Value of choosing among the actions with equal probabilities. */
    public double uniformValue() {
        return uniform;
    }

    /**
     * Index of the action with this id.
     *
     * @throws IllegalArgumentException when it was not offered
     */
    public int indexOf(String actionId) {
        for (int i = 0; i < actions.size(); i++) {
            if (actions.get(i).id().equals(actionId)) {
                return i;
            }
        }
        throw new IllegalArgumentException("must be an offered action: id=" + actionId);
    }

    double[] expectedRewards() {
        return expected.clone();
    }
}
