package io.leeway.cli.demo;

import io.leeway.contracts.Drift;
import io.leeway.report.Plot;
import io.leeway.report.Plot.Point;
import io.leeway.report.Report;
import io.leeway.report.Table;
import io.leeway.simulator.taxi.Baseline;
import io.leeway.simulator.taxi.Ride;
import io.leeway.simulator.traffic.PredictionAccount;
import io.leeway.simulator.traffic.RegressionPhase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells what happened to the taxi loop: RMSE per phase against the baselines, plots, and whether the loop closed. */
final class TaxiStory {
    /** RMSE on February of the linear model that a beginner's course reaches; shared figures, measured with scikit-learn. */
    private static final double TO_BEAT = 7.76;

    private static final int CHUNK = 500;

    private final TaxiData rides;
    private final int every;

    TaxiStory(TaxiData rides, int every) {
        this.rides = rides;
        this.every = every;
    }

    DemoResult tell(TaxiRecord record, List<DemoStack.ProcessFacts> processes) {
        List<Check> checks = checks(record);
        Report report = Report.of("New York's green taxis: how long will the ride take")
                .summary(sentence(record))
                .table(phases(record))
                .table(DemoTables.swaps(record.swaps()))
                .plot(errors(record))
                .plot(latency(record))
                .table(drifts(record))
                .table(DemoTables.steps(record.jobs()))
                .table(DemoTables.checks(checks));
        if (!processes.isEmpty()) {
            report.table(DemoTables.processes(processes));
        }
        return new DemoResult(report, checks);
    }

    private String sentence(TaxiRecord record) {
        return String.format(
                Locale.ROOT,
                "Version 1, trained on January's %,d rides, has an RMSE of %.3f minutes on all of February's %,d rides"
                        + " (mean of January %.3f, linear on zone pair and distance %.3f). Live: every %dth ride of February"
                        + " and March, %,d predictions, %d failed, %d lost, %d models swapped in.",
                record.imported(),
                record.februaryRmse(),
                rides.february().size(),
                rides.mean().rmse(rides.february()),
                rides.linear().rmse(rides.february()),
                every,
                record.accounts().size(),
                record.failed(),
                record.lost(),
                record.swaps().size());
    }

    private List<Check> checks(TaxiRecord record) {
        long unasked = record.swaps().stream()
                .filter(swap -> !swap.cause().equals("startup"))
                .count();
        List<Check> checks = new ArrayList<>();
        checks.add(check(
                "no prediction failed",
                record.failed() == 0,
                "%d of %,d",
                record.failed(),
                record.accounts().size()));
        checks.add(check(
                "every answered prediction is in the log once",
                record.lost() == 0,
                "%,d imported and %,d answered, %,d in the log",
                record.imported(),
                record.answered(),
                record.summary().decisions()));
        checks.add(check(
                "version 1 beats RMSE " + TO_BEAT + " on all of February",
                record.februaryRmse() < TO_BEAT,
                "%.3f",
                record.februaryRmse()));
        checks.add(check("a retrained model was swapped in, unasked", unasked > 0, "%d", unasked));
        for (RegressionPhase phase : regressionPhases(record)) {
            double linear = rmse(rides.linear(), ridesOf(phase.phase(), record));
            checks.add(check(
                    phase.phase() + " beats the linear baseline",
                    phase.rmse() < linear,
                    "%.3f < %.3f",
                    phase.rmse(),
                    linear));
        }
        return checks;
    }

    private Table phases(TaxiRecord record) {
        Table table = Table.of("phases", "Phases, errors in minutes")
                .column("phase", "phase")
                .column("predictions", "predictions")
                .column("failed", "failed")
                .column("rmse", "RMSE", 3)
                .column("mae", "MAE", 3)
                .column("bias", "bias", 3)
                .column("meanRmse", "RMSE of the mean", 3)
                .column("linearRmse", "RMSE linear", 3)
                .column("p50Milliseconds", "p50 ms", 1)
                .column("p99Milliseconds", "p99 ms", 1);
        for (RegressionPhase phase : regressionPhases(record)) {
            List<Ride> asked = ridesOf(phase.phase(), record);
            table.row(
                    phase.phase(),
                    phase.predictions(),
                    phase.failed() + phase.rewardsFailed(),
                    phase.rmse(),
                    phase.mae(),
                    phase.bias(),
                    rmse(rides.mean(), asked),
                    rmse(rides.linear(), asked),
                    phase.latency().p50(),
                    phase.latency().p99());
        }
        return table;
    }

    private static Table drifts(TaxiRecord record) {
        Table table = Table.of("drifts", "What the drift monitor said")
                .column("time", "time")
                .column("state", "state")
                .column("kind", "kind")
                .column("test", "test")
                .column("description", "what moved");
        for (int i = record.drifts().size() - 1; i >= 0; i--) {
            Drift drift = record.drifts().get(i);
            table.row(
                    drift.time().toString(),
                    drift.state().name().toLowerCase(Locale.ROOT),
                    drift.kind().name().toLowerCase(Locale.ROOT),
                    drift.test(),
                    drift.description());
        }
        return table;
    }

    private Plot errors(TaxiRecord record) {
        Plot plot =
                Plot.of("RMSE of each " + CHUNK + " rides", "ride", "minutes").fromZero();
        plot.curve(
                "Leeway", chunked(record, chunk -> RegressionPhase.of("", chunk).rmse()));
        plot.level("mean of January", chunked(record, chunk -> rmse(rides.mean(), rides(chunk))));
        plot.level("linear", chunked(record, chunk -> rmse(rides.linear(), rides(chunk))));
        plot.band("February", 0, rides.liveFebruary());
        plot.band("March", rides.liveFebruary(), rides.live().size());
        return marked(plot, record);
    }

    private Plot latency(TaxiRecord record) {
        Plot plot = Plot.of("Time to an answer, as the caller sees it", "ride", "milliseconds")
                .logarithmic();
        plot.curve(
                "median",
                chunked(record, chunk -> RegressionPhase.of("", chunk).latency().p50()));
        plot.curve(
                "p99",
                chunked(record, chunk -> RegressionPhase.of("", chunk).latency().p99()));
        return marked(plot, record);
    }

    private static Plot marked(Plot plot, TaxiRecord record) {
        for (Swap swap : record.swaps()) {
            record.accounts().stream()
                    .filter(account -> account.modelVersion() == swap.modelVersion())
                    .findFirst()
                    .ifPresent(
                            first -> plot.mark("v" + swap.modelVersion() + " (" + swap.cause() + ")", first.moment()));
        }
        return plot;
    }

    private interface Figure {
        double of(List<PredictionAccount> chunk);
    }

    private static List<Point> chunked(TaxiRecord record, Figure figure) {
        List<Point> points = new ArrayList<>();
        List<PredictionAccount> accounts = record.accounts();
        for (int from = 0; from + CHUNK <= accounts.size(); from += CHUNK) {
            List<PredictionAccount> chunk = accounts.subList(from, from + CHUNK);
            points.add(new Point(chunk.get(CHUNK / 2).moment(), figure.of(chunk)));
        }
        return points;
    }

    private List<RegressionPhase> regressionPhases(TaxiRecord record) {
        return byPhase(record).entrySet().stream()
                .map(phase -> RegressionPhase.of(phase.getKey(), phase.getValue()))
                .toList();
    }

    private List<Ride> ridesOf(String phase, TaxiRecord record) {
        return rides(byPhase(record).get(phase));
    }

    private Map<String, List<PredictionAccount>> byPhase(TaxiRecord record) {
        Map<String, List<PredictionAccount>> phases = new LinkedHashMap<>();
        for (PredictionAccount account : record.accounts()) {
            String month = account.moment() < rides.liveFebruary() ? "February" : "March";
            phases.computeIfAbsent(month + ", version " + account.modelVersion(), name -> new ArrayList<>())
                    .add(account);
        }
        return phases;
    }

    private List<Ride> rides(List<PredictionAccount> accounts) {
        return accounts.stream()
                .map(account -> rides.live().get((int) account.moment()))
                .toList();
    }

    private static double rmse(Baseline baseline, List<Ride> asked) {
        return baseline.rmse(asked);
    }

    private static Check check(String what, boolean held, String format, Object... values) {
        return new Check(what, held, String.format(Locale.ROOT, format, values));
    }
}
