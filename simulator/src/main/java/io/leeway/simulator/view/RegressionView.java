package io.leeway.simulator.view;

import io.leeway.report.Plot;
import io.leeway.report.Table;
import io.leeway.simulator.traffic.Account;
import io.leeway.simulator.traffic.PredictionAccount;
import io.leeway.simulator.traffic.RegressionPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/** Regression traffic as tables and plots. Accounts are in the order of their moments. */
public final class RegressionView {

    private RegressionView() {}

    /**
     * Another predictor that the model is compared with on the same requests.
     *
     * @param key its name in JSON, camelCase
     * @param predictor the predicted value at a moment
     */
    public record Reference(String key, String name, LongToDoubleFunction predictor) {}

    /** A phase with its accounts. */
    public record PhaseAccounts(String phase, List<PredictionAccount> accounts) {
        public PhaseAccounts {
            accounts = List.copyOf(accounts);
        }
    }

    /** One row for each phase, with the error of each reference on the same requests. */
    public static Table phases(List<PhaseAccounts> phases, List<Reference> references) {
        Table table = Table.of("phases", "Phase by phase")
                .column("phase", "phase")
                .column("predictions", "predictions")
                .column("rmse", "RMSE", 3)
                .column("mae", "MAE", 3)
                .column("bias", "bias", 3);
        references.forEach(reference -> table.column(reference.key() + "Rmse", reference.name() + " RMSE", 3));
        table.column("modelVersions", "model")
                .column("failed", "failed")
                .column("latencyP99Millis", "p99 ms", 1)
                .column("seconds", "seconds", 1);
        for (PhaseAccounts each : phases) {
            RegressionPhase phase = RegressionPhase.of(each.phase(), each.accounts());
            List<Object> row = new ArrayList<>(
                    List.of(phase.phase(), phase.predictions(), phase.rmse(), phase.mae(), phase.bias()));
            references.forEach(reference -> row.add(rmse(each.accounts(), reference)));
            row.add(Timeline.versions(phase.modelVersions()));
            row.add(phase.failed() + phase.rewardsFailed());
            row.add(phase.latency().p99());
            row.add(phase.took().toMillis() / 1e3);
            table.row(row.toArray());
        }
        return table;
    }

    /** Error of a reference on these requests. */
    public static double rmse(List<PredictionAccount> accounts, Reference reference) {
        return Math.sqrt(accounts.stream()
                .mapToDouble(account -> reference.predictor().applyAsDouble(account.moment()) - account.truth())
                .map(error -> error * error)
                .average()
                .orElse(Double.NaN));
    }

    /** Root mean squared error over chunks of the traffic, of the model and of the references. */
    public static Plot rmse(
            List<PredictionAccount> accounts,
            int chunkRows,
            String unit,
            List<Reference> references,
            List<Mark> marks) {
        Plot plot = Plot.of("RMSE over the traffic", "predictions", unit)
                .curve("model", Timeline.rootMeanSquares(accounts, chunkRows, i -> accounts.get(i)
                        .error()));
        for (Reference reference : references) {
            plot.level(
                    reference.name(),
                    Timeline.rootMeanSquares(
                            accounts,
                            chunkRows,
                            i -> reference
                                            .predictor()
                                            .applyAsDouble(accounts.get(i).moment())
                                    - accounts.get(i).truth()));
        }
        return Timeline.annotate(plot, accounts, marks);
    }

    /** Median and 99th percentile of the latency over the traffic. */
    public static Plot latency(List<? extends Account> accounts, List<Mark> marks) {
        return Timeline.latency(accounts, marks);
    }
}
