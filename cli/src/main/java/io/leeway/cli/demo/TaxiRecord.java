package io.leeway.cli.demo;

import io.leeway.contracts.Drift;
import io.leeway.contracts.rest.FeedbackSummary;
import io.leeway.contracts.rest.Job;
import io.leeway.simulator.traffic.PredictionAccount;
import java.util.List;

/**
 * What happened to the taxi loop.
 *
 * @param imported rides of January in the log
 * @param februaryRmse of version 1 over the whole of February, its artifact scored by the predictors' own code
 */
record TaxiRecord(
        String loop,
        long imported,
        List<PredictionAccount> accounts,
        List<Swap> swaps,
        FeedbackSummary summary,
        List<Job> jobs,
        List<Drift> drifts,
        double februaryRmse) {

    long answered() {
        return Accounts.answered(accounts);
    }

    long failed() {
        return Accounts.failed(accounts);
    }

    long lost() {
        return imported + answered() - summary.decisions();
    }
}
