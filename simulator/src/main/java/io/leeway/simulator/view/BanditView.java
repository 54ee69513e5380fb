package io.leeway.simulator.view;

import io.leeway.report.Plot;
import io.leeway.report.Table;
import io.leeway.simulator.traffic.BanditPhase;
import io.leeway.simulator.traffic.DecisionAccount;
import io.leeway.simulator.world.WorldValues;
import java.util.List;

/** Bandit traffic as tables and plots. Accounts are in the order of their moments. */
public final class BanditView {

    private static final String DECISIONS = "decisions";

    private BanditView() {}

    /** One row for each phase. */
    public static Table phases(List<BanditPhase> phases) {
        Table table = Table.of("phases", "Phase by phase")
                .column("phase", "phase")
                .column(DECISIONS, DECISIONS)
                .column("averageReward", "reward", 3)
                .column("averageExpected", "expected", 3)
                .column("uniformValue", "uniform", 3)
                .column("bestValue", "best", 3)
                .column("regret", "regret", 3)
                .column("modelVersions", "model")
                .column("failed", "failed")
                .column("latencyP99Millis", "p99 ms", 1)
                .column("seconds", "seconds", 1);
        for (BanditPhase phase : phases) {
            table.row(
                    phase.phase(),
                    phase.decisions(),
                    phase.averageReward(),
                    phase.averageExpected(),
                    phase.uniformValue(),
                    phase.bestValue(),
                    phase.regret(),
                    Timeline.versions(phase.modelVersions()),
                    phase.failed() + phase.rewardsFailed(),
                    phase.latency().p99(),
                    phase.took().toMillis() / 1e3);
        }
        return table;
    }

    /** Policies that know the world, and what each would earn. */
    public static Table values(WorldValues values) {
        return Table.of("worldValues", "What policies that know this world would earn")
                .column("policy", "policy")
                .column("value", "reward", 3)
                .column("regret", "regret", 3)
                .row("uniform", values.uniform(), values.best() - values.uniform())
                .row("best fixed action", values.fixed(), values.best() - values.fixed())
                .row("best linear policy", values.linear(), values.best() - values.linear())
                .row("best possible", values.best(), 0.0);
    }

    /** Average reward over the traffic, between the uniform and the best policy. */
    public static Plot reward(List<DecisionAccount> accounts, List<Mark> marks) {
        int size = Timeline.chunk(accounts, 150, 50);
        int smooth = Timeline.chunk(accounts, 40, 100);
        Plot plot = Plot.of("Average reward", DECISIONS, "reward")
                .curve("reward", Timeline.means(accounts, size, i -> accounts.get(i)
                        .reward()))
                .level("best policy", Timeline.means(accounts, smooth, i -> accounts.get(i)
                        .best()))
                .level("uniform policy", Timeline.means(accounts, smooth, i -> accounts.get(i)
                        .uniform()));
        return Timeline.annotate(plot, accounts, marks);
    }

    /** Regret for each decision over the traffic, beside what the uniform policy would lose. */
    public static Plot regret(List<DecisionAccount> accounts, List<Mark> marks) {
        int size = Timeline.chunk(accounts, 150, 50);
        int smooth = Timeline.chunk(accounts, 40, 100);
        Plot plot = Plot.of("Regret for each decision", DECISIONS, "regret")
                .fromZero()
                .curve("regret", Timeline.means(accounts, size, i -> accounts.get(i)
                        .regret()))
                .level(
                        "uniform policy",
                        Timeline.means(
                                accounts,
                                smooth,
                                i -> accounts.get(i).best() - accounts.get(i).uniform()));
        return Timeline.annotate(plot, accounts, marks);
    }

    /** Median and 99th percentile of the latency over the traffic. */
    public static Plot latency(List<DecisionAccount> accounts, List<Mark> marks) {
        return Timeline.latency(accounts, marks);
    }
}
