package io.leeway.simulator.world;

import io.leeway.contracts.Action;
import io.leeway.contracts.RewardRange;
import java.util.List;

/** A world in which, from a moment on, each action is worth what another was worth. */
final class ShiftedWorld implements BanditWorld {

    private final BanditWorld before;
    private final Shift shift;
    private final int[] permutation;

    ShiftedWorld(BanditWorld before, Shift shift) {
        this.before = before;
        this.shift = shift;
        // A derangement: every user's best action changes, none by chance keeps its worth.
        this.permutation = Noise.derangement(before.actions().size(), Noise.of(shift.seed(), 0x5317F7));
    }

    @Override
    public String name() {
        return before.name();
    }

    @Override
    public List<Action> actions() {
        return before.actions();
    }

    @Override
    public RewardRange rewardRange() {
        return before.rewardRange();
    }

    @Override
    public Visit visit(long moment) {
        Visit visit = before.visit(moment);
        double progress = shift.progress(moment);
        if (progress == 0) {
            return visit;
        }
        double[] old = visit.expectedRewards();
        double[] expected = new double[old.length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (1 - progress) * old[i] + progress * old[permutation[i]];
        }
        return new Visit(moment, visit.context(), visit.actions(), expected);
    }

    @Override
    public double reward(Visit visit, int action) {
        return before.reward(visit, action);
    }
}
