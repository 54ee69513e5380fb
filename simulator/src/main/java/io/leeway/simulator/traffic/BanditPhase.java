package io.leeway.simulator.traffic;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A phase of bandit traffic in figures; averages are over the answered decisions.
 *
 * @param decisions requests made
 * @param failed of these, not answered, or with what cannot be
 * @param rewardsFailed answered, but their reward was not taken
 * @param averageReward what the users gave
 * @param averageExpected what the chosen actions were truly worth: the reward without its noise
 * @param regret what was lost against the best action, for each decision
 * @param uniformValue what choosing evenly would have been worth in the same contexts
 * @param bestValue what the best actions would have been worth
 * @param modelVersions decisions by the model version that answered
 */
public record BanditPhase(
        String phase,
        long decisions,
        long failed,
        long rewardsFailed,
        double averageReward,
        double averageExpected,
        double regret,
        double uniformValue,
        double bestValue,
        Map<Long, Long> modelVersions,
        Latency latency,
        Duration took) {

    public BanditPhase {
        modelVersions = Map.copyOf(modelVersions);
    }

    /** The figures of these accounts; averages are NaN when none was answered. */
    public static BanditPhase of(String phase, Collection<DecisionAccount> accounts) {
        List<DecisionAccount> answered =
                accounts.stream().filter(Account::answered).toList();
        long rewardsFailed = accounts.stream()
                .filter(account -> account.fate() == Account.Fate.REWARD_FAILED)
                .count();
        return new BanditPhase(
                phase,
                accounts.size(),
                accounts.size() - answered.size(),
                rewardsFailed,
                mean(answered, DecisionAccount::reward),
                mean(answered, DecisionAccount::expected),
                mean(answered, DecisionAccount::regret),
                mean(answered, DecisionAccount::uniform),
                mean(answered, DecisionAccount::best),
                Accounts.versions(answered),
                Latency.of(accounts),
                Accounts.took(accounts));
    }

    /** Share of the way from the uniform policy's value to the best policy's, 1 at best. */
    public double closed() {
        return (averageExpected - uniformValue) / (bestValue - uniformValue);
    }

    private static double mean(List<DecisionAccount> accounts, ToDoubleFunction<DecisionAccount> value) {
        return accounts.stream().mapToDouble(value).average().orElse(Double.NaN);
    }
}
