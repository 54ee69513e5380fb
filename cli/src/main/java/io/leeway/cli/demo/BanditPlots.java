package io.leeway.cli.demo;

import io.leeway.report.Plot;
import io.leeway.report.Plot.Point;
import io.leeway.simulator.traffic.Account;
import io.leeway.simulator.traffic.DecisionAccount;
import io.leeway.simulator.traffic.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The courses of a bandit demo over its decisions, in chunks. */
final class BanditPlots {
    private static final int CHUNKS = 90;

    private final List<BanditRecord> records;

    BanditPlots(List<BanditRecord> records) {
        this.records = records;
    }

    Plot reward() {
        Plot plot = Plot.of("Expected reward per decision", "decision", "expected reward");
        for (BanditRecord record : records) {
            plot.curve(record.plan().label(), mean(record, DecisionAccount::expected));
        }
        BanditRecord longest = longest();
        plot.level("best possible policy", mean(longest, DecisionAccount::best));
        plot.level("uniform policy", mean(longest, DecisionAccount::uniform));
        return marked(plot);
    }

    Plot regret() {
        Plot plot = Plot.of("Regret per decision against the best possible policy", "decision", "regret")
                .fromZero();
        for (BanditRecord record : records) {
            plot.curve(record.plan().label(), mean(record, DecisionAccount::regret));
        }
        return marked(plot);
    }

    Plot latency() {
        Plot plot = Plot.of("Time to an answer, as the caller sees it", "decision", "milliseconds")
                .logarithmic();
        for (BanditRecord record : records) {
            plot.curve(record.plan().label() + " median", chunked(record, chunk -> Latency.of(chunk)
                    .p50()));
            plot.curve(record.plan().label() + " p99", chunked(record, chunk -> Latency.of(chunk)
                    .p99()));
        }
        return marked(plot);
    }

    private Plot marked(Plot plot) {
        for (BanditRecord record : records) {
            String prefix = records.size() == 1 ? "" : record.plan().label() + " ";
            record.changes()
                    .forEach(change -> plot.mark(prefix + change.change().name() + " change", change.moment()));
            for (Swap swap : record.swaps()) {
                record.accounts().stream()
                        .filter(account -> account.answered() && account.modelVersion() == swap.modelVersion())
                        .findFirst()
                        .ifPresent(first -> plot.mark(prefix + "v" + swap.modelVersion(), first.moment()));
            }
        }
        return plot;
    }

    private BanditRecord longest() {
        return records.stream()
                .max((a, b) -> Integer.compare(a.accounts().size(), b.accounts().size()))
                .orElseThrow();
    }

    private List<Point> mean(BanditRecord record, ToDoubleFunction<DecisionAccount> value) {
        return chunked(record, chunk -> chunk.stream()
                .filter(Account::answered)
                .mapToDouble(value)
                .average()
                .orElse(Double.NaN));
    }

    private List<Point> chunked(BanditRecord record, Function<List<DecisionAccount>, Double> value) {
        int size = Math.max(20, longest().accounts().size() / CHUNKS);
        List<Point> points = new ArrayList<>();
        List<DecisionAccount> accounts = record.accounts();
        for (int from = 0; from + size <= accounts.size(); from += size) {
            List<DecisionAccount> chunk = accounts.subList(from, from + size);
            points.add(new Point(chunk.get(size / 2).moment(), value.apply(chunk)));
        }
        return points;
    }
}
