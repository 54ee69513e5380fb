package io.leeway.simulator.world;

import io.leeway.contracts.Action;
import io.leeway.contracts.RewardRange;
import java.util.List;

/**
 * A world of users that ask and rewards that follow. Immutable, and a function of its seed and the moment: any thread may
 * ask for any visit in any order and gets the same one.
 */
public interface BanditWorld {

    /** Short name, also the name of its loop by default. */
    String name();

    /** Every action that can be offered. */
    List<Action> actions();

    RewardRange rewardRange();

    /**
     * The visit at this moment.
     *
     * @param moment counts the visits from 0
     */
    Visit visit(long moment);

    /** What the user gives back for this action: the expected reward plus noise, within the reward range. */
    double reward(Visit visit, int action);

    /** This world, changed from a moment on. */
    default BanditWorld shifted(Shift shift) {
        return new ShiftedWorld(this, shift);
    }
}
