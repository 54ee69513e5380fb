package io.leeway.simulator.traffic;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A phase of regression traffic in figures; errors are over the requests that got a value.
 *
 * @param predictions requests made
 * @param failed of these, not answered
 * @param withoutModel answered, but there was no model yet
 * @param rewardsFailed answered, but the observed value was not taken
 * @param rmse root mean squared error, unit of the target
 * @param mae mean absolute error
 * @param bias mean of prediction minus truth
 * @param modelVersions predictions by the model version that answered
 */
public record RegressionPhase(
        String phase,
        long predictions,
        long failed,
        long withoutModel,
        long rewardsFailed,
        double rmse,
        double mae,
        double bias,
        Map<Long, Long> modelVersions,
        Latency latency,
        Duration took) {

    public RegressionPhase {
        modelVersions = Map.copyOf(modelVersions);
    }

    /** The figures of these accounts; errors are NaN when there was no prediction. */
    public static RegressionPhase of(String phase, Collection<PredictionAccount> accounts) {
        List<PredictionAccount> answered =
                accounts.stream().filter(Account::answered).toList();
        List<PredictionAccount> predicted =
                answered.stream().filter(PredictionAccount::predicted).toList();
        long rewardsFailed = answered.stream()
                .filter(account -> account.fate() == Account.Fate.REWARD_FAILED)
                .count();
        return new RegressionPhase(
                phase,
                accounts.size(),
                accounts.size() - answered.size(),
                answered.size() - predicted.size(),
                rewardsFailed,
                Math.sqrt(predicted.stream()
                        .mapToDouble(account -> account.error() * account.error())
                        .average()
                        .orElse(Double.NaN)),
                predicted.stream()
                        .mapToDouble(account -> Math.abs(account.error()))
                        .average()
                        .orElse(Double.NaN),
                predicted.stream()
                        .mapToDouble(PredictionAccount::error)
                        .average()
                        .orElse(Double.NaN),
                Accounts.versions(answered),
                Latency.of(accounts),
                Accounts.took(accounts));
    }
}
