package io.leeway.cli.demo;

import io.leeway.simulator.traffic.Account;
import java.util.List;

/** What the drivers of traffic kept of their calls, counted. */
final class Accounts {
    private Accounts() {}

    static long answered(List<? extends Account> accounts) {
        return accounts.stream().filter(Account::answered).count();
    }

    static long failed(List<? extends Account> accounts) {
        return accounts.stream()
                .filter(account -> account.fate() != Account.Fate.DONE)
                .count();
    }
}
