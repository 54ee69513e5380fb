package io.leeway.cli.bench;

import io.leeway.cli.bench.ServingResult.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Measures several subjects in turns, so that a disturbance of the machine meets all of them; takes the median of the rounds. */
final class Measure {
    private final ServerUnderTest server;
    private final int connections;
    private final Duration time;
    private final Consumer<String> tell;

    /** One kind of call. */
    record Subject(String what, String path, Workload workload) {}

    /** One saturated run. */
    private record Run(Load.Outcome outcome, double cpuMicros, double allocatedBytes) {}

    Measure(ServerUnderTest server, int connections, Duration time, Consumer<String> tell) {
        this.server = server;
        this.connections = connections;
        this.time = time;
        this.tell = tell;
    }

    static byte[][] requests(String path, Workload workload) {
        return Arrays.stream(workload.bodies())
                .map(body -> Connection.request("POST", path, body))
                .toArray(byte[][]::new);
    }

    /** One row for each subject. The half rate is that of the slowest, so that all are compared at one rate. */
    List<Row> all(List<Subject> subjects, int rounds) throws IOException {
        List<Load> loads = subjects.stream()
                .map(subject -> new Load(server.uri(), requests(subject.path(), subject.workload()), connections))
                .toList();
        for (int i = 0; i < subjects.size(); i++) {
            tell.accept("warming up: " + subjects.get(i).what() + ", "
                    + subjects.get(i).workload().name());
            // Long: what has not been compiled yet costs twice.
            loads.get(i).saturate(time.multipliedBy(4));
        }
        List<List<Run>> runs = new ArrayList<>();
        subjects.forEach(subject -> runs.add(new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < subjects.size(); i++) {
                runs.get(i).add(saturated(loads.get(i)));
            }
            tell.accept(subjects.get(0).workload().name() + ": round " + (round + 1) + " of " + rounds);
        }
        double slowest = runs.stream()
                .mapToDouble(of -> middle(of).outcome().perSecond())
                .min()
                .orElseThrow();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            rows.add(row(subjects.get(i), middle(runs.get(i)), runs.get(i), half(loads.get(i), slowest / 2)));
        }
        return rows;
    }

    private Run saturated(Load load) throws IOException {
        double allocated = server.allocatedBytes();
        double cpu = server.cpuSeconds();
        Load.Outcome outcome = load.saturate(time);
        double calls = Math.max(1, outcome.latencies().count());
        return new Run(
                outcome, (server.cpuSeconds() - cpu) / calls * 1e6, (server.allocatedBytes() - allocated) / calls);
    }

    /** The middle of three: a neighbour of the machine must not decide about a 99th percentile. */
    private static Load.Outcome half(Load load, double perSecond, Duration time) {
        return IntStream.range(0, 3)
                .mapToObj(i -> load.at(perSecond, time))
                .sorted(Comparator.comparingDouble(
                        outcome -> outcome.latencies().quantile(0.99)))
                .toList()
                .get(1);
    }

    private Load.Outcome half(Load load, double perSecond) {
        return half(load, perSecond, time);
    }

    private static Run middle(List<Run> runs) {
        List<Run> sorted = new ArrayList<>(runs);
        sorted.sort(Comparator.comparingDouble(Run::cpuMicros));
        return sorted.get(sorted.size() / 2);
    }

    private static Row row(Subject subject, Run run, List<Run> all, Load.Outcome half) {
        Latencies latencies = run.outcome().latencies();
        double[] allocated =
                all.stream().mapToDouble(Run::allocatedBytes).sorted().toArray();
        return new Row(
                subject.what(),
                subject.workload().name(),
                subject.workload().bodies()[0].length,
                round(run.outcome().perSecond(), 0),
                round(run.cpuMicros(), 2),
                round(allocated[allocated.length / 2], 0),
                round(latencies.quantile(0.5), 3),
                round(latencies.quantile(0.99), 3),
                round(latencies.quantile(0.999), 3),
                round(half.perSecond(), 0),
                round(half.latencies().quantile(0.5), 3),
                round(half.latencies().quantile(0.99), 3),
                round(half.latencies().quantile(0.999), 3),
                all.stream().mapToLong(one -> one.outcome().failures()).sum() + half.failures());
    }

    private static double round(double value, int digits) {
        return Double.parseDouble(String.format(Locale.ROOT, "%." + digits + "f", value));
    }
}
