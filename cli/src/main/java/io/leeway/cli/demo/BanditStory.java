package io.leeway.cli.demo;

import io.leeway.contracts.rest.Job;
import io.leeway.report.Plot;
import io.leeway.report.Report;
import io.leeway.report.Table;
import io.leeway.simulator.traffic.BanditPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tells what happened to the loops of a bandit demo: tables, plots, and whether the loops closed. */
final class BanditStory {
    private final String title;

    BanditStory(String title) {
        this.title = title;
    }

    DemoResult tell(List<BanditRecord> records, List<DemoStack.ProcessFacts> processes) {
        List<Check> checks = records.stream()
                .flatMap(record -> BanditChecks.of(record).stream())
                .toList();
        Report report = Report.of(title)
                .summary(records.stream().map(BanditStory::sentence).collect(Collectors.joining(" ")))
                .table(phases(records))
                .table(DemoTables.swaps(records.stream()
                        .flatMap(record -> record.swaps().stream())
                        .toList()));
        BanditPlots plots = new BanditPlots(records);
        for (Plot plot : List.of(plots.reward(), plots.regret(), plots.latency())) {
            report.plot(plot);
        }
        report.table(steps(records)).table(DemoTables.checks(checks));
        if (!processes.isEmpty()) {
            report.table(DemoTables.processes(processes));
        }
        return new DemoResult(report, checks);
    }

    private static String sentence(BanditRecord record) {
        List<BanditPhase> phases = record.phases();
        BanditPhase cold = phases.get(0);
        BanditPhase last = phases.get(phases.size() - 1);
        return String.format(
                Locale.ROOT,
                "%s: %,d decisions, %d failed, %d lost; regret per decision %.3f at cold start, %.3f at the end; %d models"
                        + " swapped in, %d alarms that no change explains.",
                record.plan().label(),
                record.accounts().size(),
                record.failed(),
                record.lost(),
                cold.regret(),
                last.regret(),
                record.swaps().size(),
                record.falseAlarms());
    }

    private static Table phases(List<BanditRecord> records) {
        Table table = Table.of("phases", "Phases")
                .column("loop", "policy")
                .column("phase", "phase")
                .column("decisions", "decisions")
                .column("failed", "failed")
                .column("reward", "reward", 3)
                .column("expected", "expected", 3)
                .column("regret", "regret", 3)
                .column("uniform", "uniform", 3)
                .column("best", "best", 3)
                .column("closed", "closed %", 0)
                .column("p50Milliseconds", "p50 ms", 1)
                .column("p99Milliseconds", "p99 ms", 1);
        for (BanditRecord record : records) {
            for (BanditPhase phase : record.phases()) {
                table.row(
                        record.plan().label(),
                        phase.phase(),
                        phase.decisions(),
                        phase.failed() + phase.rewardsFailed(),
                        phase.averageReward(),
                        phase.averageExpected(),
                        phase.regret(),
                        phase.uniformValue(),
                        phase.bestValue(),
                        100 * phase.closed(),
                        phase.latency().p50(),
                        phase.latency().p99());
            }
        }
        return table;
    }

    private static Table steps(List<BanditRecord> records) {
        List<Job> jobs = new ArrayList<>();
        records.forEach(record -> jobs.addAll(record.jobs()));
        return DemoTables.steps(jobs);
    }
}
