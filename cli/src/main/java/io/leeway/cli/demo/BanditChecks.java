package io.leeway.cli.demo;

import io.leeway.simulator.traffic.Account;
import io.leeway.simulator.traffic.DecisionAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What must hold of a bandit loop for it to have closed. */
final class BanditChecks {
    private final BanditRecord record;
    private final List<Check> checks = new ArrayList<>();

    private BanditChecks(BanditRecord record) {
        this.record = record;
    }

    static List<Check> of(BanditRecord record) {
        BanditChecks checks = new BanditChecks(record);
        checks.nothingFailed();
        checks.nothingLost();
        for (Swap swap : record.swaps()) {
            checks.regretFell(swap);
        }
        checks.everyChangeWasAnswered();
        return checks.checks;
    }

    private void nothingFailed() {
        check(
                "no decision failed",
                record.failed() == 0,
                "%d of %,d",
                record.failed(),
                record.accounts().size());
    }

    private void nothingLost() {
        check(
                "every answered decision is in the log once",
                record.lost() == 0,
                "%,d answered, %,d in the log",
                record.answered(),
                record.summary().decisions());
    }

    /** Regret just after the new version began to serve against the regret just before. */
    private void regretFell(Swap swap) {
        List<DecisionAccount> before = answered().stream()
                .filter(account -> account.asked().isBefore(swap.servingAt()))
                .filter(account -> account.modelVersion() < swap.modelVersion())
                .toList();
        List<DecisionAccount> after = answered().stream()
                .filter(account -> account.modelVersion() == swap.modelVersion())
                .toList();
        int most = (int) Math.max(1, record.plan().servedDecisions() / 2);
        double old = regret(before.subList(Math.max(0, before.size() - most), before.size()));
        double now = regret(after.subList(0, Math.min(most, after.size())));
        check(
                String.format(Locale.ROOT, "regret fell with version %d (%s)", swap.modelVersion(), swap.cause()),
                now < old,
                "%.3f -> %.3f",
                old,
                now);
    }

    private List<DecisionAccount> answered() {
        return record.accounts().stream().filter(Account::answered).toList();
    }

    private void everyChangeWasAnswered() {
        long answered =
                record.swaps().stream().filter(swap -> swap.changedAt() != null).count();
        check(
                "every change was noticed and answered by a new version, unasked",
                answered == record.plan().changes().size(),
                "%d of %d",
                answered,
                record.plan().changes().size());
    }

    private static double regret(List<DecisionAccount> accounts) {
        return accounts.stream().mapToDouble(DecisionAccount::regret).average().orElse(Double.NaN);
    }

    private void check(String what, boolean held, String format, Object... values) {
        String prefix = record.plan().label() + ": ";
        checks.add(new Check(prefix + what, held, String.format(Locale.ROOT, format, values)));
    }
}
