package io.leeway.cli.demo;

import io.leeway.cli.CommandException;
import io.leeway.cli.client.LeewayClient;
import io.leeway.cli.exchange.History;
import io.leeway.cli.exchange.Tally;
import io.leeway.contracts.Cause;
import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.StepName;
import io.leeway.contracts.StepRecord;
import io.leeway.contracts.StepState;
import io.leeway.contracts.rest.FeedbackSummary;
import io.leeway.contracts.rest.Job;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.Scorers;
import io.leeway.report.Progress;
import io.leeway.simulator.taxi.Ride;
import io.leeway.simulator.traffic.Account;
import io.leeway.simulator.traffic.Generator;
import io.leeway.simulator.traffic.LoopClient;
import io.leeway.simulator.traffic.PredictionAccount;
import io.leeway.simulator.traffic.RegressionTraffic;
import io.leeway.simulator.traffic.RegressionTraffic.Example;
import io.leeway.simulator.traffic.TrafficOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/** Drives the taxi loop: January into the log, training, then two months of rides while the loop looks after itself. */
final class TaxiScenario implements Callable<TaxiRecord> {
    private static final Duration RETRAINED = Duration.ofSeconds(90);
    private static final Duration JOINED = Duration.ofSeconds(60);
    private static final Duration AROUND_SWAP = Duration.ofSeconds(2);
    private static final double PER_SECOND = 400;

    private final String loop;
    private final LoopSettings historySettings;
    private final LoopSettings liveSettings;
    private final TaxiData rides;
    private final LeewayClient client;
    private final Milestones milestones;
    private final LoopSetup setup;

    /**
     * @param historySettings while history comes in, when volume means nothing
     * @param liveSettings from then on; changing them keeps the model
     */
    TaxiScenario(
            String loop,
            LoopSettings historySettings,
            LoopSettings liveSettings,
            TaxiData rides,
            LeewayClient client,
            Milestones milestones) {
        this.loop = loop;
        this.historySettings = historySettings;
        this.liveSettings = liveSettings;
        this.rides = rides;
        this.client = client;
        this.milestones = milestones;
        this.setup = new LoopSetup(client, loop);
    }

    @Override
    public TaxiRecord call() throws Exception {
        setup.make(historySettings);
        StepRecord ingested = importJanuary();
        milestones.tell("taxi", "first training, on January's rides");
        Job first =
                setup.ended(setup.startup("January's rides", List.of(ingested)).jobId());
        if (first.state() != StepState.DONE || first.modelVersion() == null) {
            throw new CommandException(
                    "the loop did not close: job " + first.jobId() + " " + first.state() + ": " + first.message());
        }
        double februaryRmse = februaryRmse(first.modelVersion());
        client.putLoop(loop, liveSettings);
        List<PredictionAccount> accounts = live();
        FeedbackSummary summary = setup.joined(rides.january().size() + answered(accounts), JOINED);
        List<Job> jobs = client.jobs(loop, 50);
        List<Drift> drifts = client.driftHistory(loop, 50);
        return new TaxiRecord(
                loop,
                rides.january().size(),
                accounts,
                swaps(jobs, drifts, accounts),
                summary,
                jobs,
                drifts,
                februaryRmse);
    }

    private StepRecord importJanuary() throws IOException {
        Instant from = Instant.now();
        milestones.tell(
                "taxi", "January's %,d rides into the log", rides.january().size());
        Path file = Files.createTempFile("leeway-taxi-", ".jsonl");
        try {
            List<Ride> january = rides.january();
            List<Example> examples = january.stream()
                    .map(ride -> new Example(ride.context(), ride.minutes()))
                    .toList();
            Generator.write(
                    file,
                    Generator.rows(examples, loop + "-january", i -> january.get((int) i)
                            .pickup()
                            .toInstant(ZoneOffset.UTC)),
                    Progress.silent());
            Tally result;
            try (Progress progress = Progress.of("Ingester", january.size())) {
                result = new History(client, loop).send(file, progress);
            }
            return LoopSetup.step(
                    StepName.INGESTER,
                    from,
                    Map.of("accepted", result.accepted(), "rejected", result.rejected()),
                    "January's rides are in the log as history");
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private List<PredictionAccount> live() throws InterruptedException {
        LoopClient users = new LoopClient(client.addresses().prediction(), loop, Duration.ofSeconds(10));
        TrafficOptions options = TrafficOptions.defaults().withWorkers(8).withPerSecond(PER_SECOND);
        milestones.tell(
                "taxi", "live: February and March, %,d rides", rides.live().size());
        milestones.expect("rides", rides.live().size());
        try (RegressionTraffic traffic = new RegressionTraffic(users, rides.examples(), options)) {
            traffic.listen(account -> milestones.advance());
            LiveTraffic<PredictionAccount> live = new LiveTraffic<>(stop -> months(traffic, stop), traffic::listen);
            try (Announcer announcer = new Announcer(client, loop, milestones)) {
                announcer.watch();
                live.await(rides.live().size());
            }
            return live.stop();
        }
    }

    /**
     * February, then March. Two months go by in a minute here, so the turn of the month waits for a training that is under way; it
     * would otherwise be a matter of chance whether any ride is left for the new model.
     */
    private List<PredictionAccount> months(RegressionTraffic traffic, BooleanSupplier stop)
            throws InterruptedException {
        List<PredictionAccount> accounts = new ArrayList<>(traffic.runUntil("February", rides.liveFebruary(), stop));
        setup.joined(rides.january().size() + answered(accounts), JOINED);
        Patience.until(
                "a retraining after February, by drift or by volume", RETRAINED, () -> client.jobs(loop, 20).stream()
                        .filter(job ->
                                job.cause() != Cause.PERSON && job.state().ended())
                        .findFirst());
        accounts.addAll(traffic.runUntil("March", traffic.left(), stop));
        return accounts;
    }

    /** Scores every ride of February, not only those that are asked for live. */
    private double februaryRmse(long version) {
        Scorer scorer = Scorers.of(Artifact.read(client.artifact(loop, version)));
        double sum = 0;
        for (Ride ride : rides.february()) {
            double error = scorer.predict(ride.context()) - ride.minutes();
            sum += error * error;
        }
        return Math.sqrt(sum / rides.february().size());
    }

    private List<Swap> swaps(List<Job> jobs, List<Drift> drifts, List<PredictionAccount> accounts) {
        List<Swap> swaps = new ArrayList<>();
        jobs.stream()
                .filter(job -> job.state() == StepState.DONE && job.modelVersion() != null)
                .sorted(Comparator.comparing(Job::requestedAt))
                .forEach(job -> swap(job, drifts, accounts).ifPresent(swaps::add));
        return swaps;
    }

    private Optional<Swap> swap(Job job, List<Drift> drifts, List<PredictionAccount> accounts) {
        long version = job.modelVersion();
        Drift alarm = drifts.stream()
                .filter(drift -> drift.driftId().equals(job.driftId()) && drift.state() == DriftState.DETECTED)
                .min(Comparator.comparing(Drift::time))
                .orElse(null);
        return accounts.stream()
                .filter(account -> account.answered() && account.modelVersion() >= version)
                .findFirst()
                .map(first -> new Swap(
                        loop,
                        job.cause() == Cause.PERSON
                                ? "startup"
                                : job.cause().name().toLowerCase(java.util.Locale.ROOT),
                        version,
                        job.jobId(),
                        null,
                        alarm == null ? null : alarm.time(),
                        alarm == null ? null : alarm.description(),
                        job.requestedAt(),
                        LoopSetup.endOf(job, StepName.INGESTER),
                        LoopSetup.endOf(job, StepName.TRAINER),
                        first.asked(),
                        accounts.stream()
                                .filter(account -> account.fate() != Account.Fate.DONE)
                                .filter(account -> Duration.between(account.asked(), first.asked())
                                                .abs()
                                                .compareTo(AROUND_SWAP)
                                        < 0)
                                .count()));
    }

    private static long answered(List<PredictionAccount> accounts) {
        return accounts.stream().filter(Account::answered).count();
    }
}
