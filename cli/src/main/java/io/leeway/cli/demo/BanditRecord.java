package io.leeway.cli.demo;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.rest.FeedbackSummary;
import io.leeway.contracts.rest.Job;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.simulator.traffic.BanditPhase;
import io.leeway.simulator.traffic.DecisionAccount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What happened to one bandit loop: every decision, every swap, and what the services say of it. */
record BanditRecord(
        BanditPlan plan,
        List<DecisionAccount> accounts,
        List<Swap> swaps,
        List<Marked> changes,
        FeedbackSummary summary,
        List<Job> jobs,
        List<Drift> drifts,
        List<ModelVersion> versions) {

    /** A change with the decision and the time at which it began. */
    record Marked(Change change, long moment, Instant at) {}

    /** The phases in order: what served, before and after each change. Settled phases leave out the time of a gradual change. */
    List<BanditPhase> phases() {
        Map<String, List<DecisionAccount>> byPhase = new LinkedHashMap<>();
        for (DecisionAccount account : accounts) {
            byPhase.computeIfAbsent(phase(account), name -> new ArrayList<>()).add(account);
        }
        return byPhase.entrySet().stream()
                .map(phase -> BanditPhase.of(phase.getKey(), phase.getValue()))
                .toList();
    }

    /** The phase that was served by this version after this many changes; null if there was none. */
    BanditPhase phase(long version, int changes) {
        return phases().stream()
                .filter(phase -> phase.phase().equals(name(version, changes)))
                .findFirst()
                .orElse(null);
    }

    /** Answered decisions whose record is not in the log. */
    long lost() {
        return answered() - summary.decisions();
    }

    long answered() {
        return Accounts.answered(accounts);
    }

    long failed() {
        return Accounts.failed(accounts);
    }

    /** Alarms that no change explains: before the first change, or more than one for a change. */
    long falseAlarms() {
        Instant first = changes.isEmpty() ? Instant.MAX : changes.get(0).at();
        return drifts.stream()
                .filter(drift ->
                        drift.state() == DriftState.DETECTED && drift.time().isBefore(first))
                .count();
    }

    private String phase(DecisionAccount account) {
        int before = 0;
        for (Marked change : changes) {
            before += account.moment() >= change.moment() ? 1 : 0;
        }
        return name(account.answered() ? account.modelVersion() : lastVersion(account), before);
    }

    /** A failed decision belongs to the version that answered before it. */
    private long lastVersion(DecisionAccount failed) {
        long version = 0;
        for (DecisionAccount account : accounts) {
            if (account.moment() >= failed.moment()) {
                break;
            }
            version = account.answered() ? account.modelVersion() : version;
        }
        return version;
    }

    private String name(long version, int before) {
        String served = version == 0 ? "cold start" : "version " + version;
        return before == 0
                ? served
                : served + ", after the " + changes.get(before - 1).change().name() + " change";
    }
}
