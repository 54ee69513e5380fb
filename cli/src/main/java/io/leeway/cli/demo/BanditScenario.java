package io.leeway.cli.demo;

import io.leeway.cli.CommandException;
import io.leeway.cli.client.LeewayClient;
import io.leeway.contracts.Cause;
import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.StepName;
import io.leeway.contracts.StepState;
import io.leeway.contracts.rest.FeedbackSummary;
import io.leeway.contracts.rest.Job;
import io.leeway.simulator.traffic.Account;
import io.leeway.simulator.traffic.BanditTraffic;
import io.leeway.simulator.traffic.DecisionAccount;
import io.leeway.simulator.traffic.LoopClient;
import io.leeway.simulator.traffic.TrafficOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Drives one bandit loop: cold start, training, serving, and for each change of the world drift, retraining, serving again. */
final class BanditScenario implements Callable<BanditRecord> {
    private static final Duration ALARM = Duration.ofSeconds(60);
    /** The monitor asks once there is enough feedback from the changed world. */
    private static final Duration ASKED = Duration.ofSeconds(90);

    private static final Duration SERVING = Duration.ofSeconds(20);
    private static final Duration JOINED = Duration.ofSeconds(60);
    private static final Duration AROUND_SWAP = Duration.ofSeconds(2);

    private final BanditPlan plan;
    private final LeewayClient client;
    private final Milestones milestones;
    private final LoopSetup setup;
    private final List<Swap> swaps = new ArrayList<>();
    private final List<BanditRecord.Marked> changes = new ArrayList<>();

    BanditScenario(BanditPlan plan, LeewayClient client, Milestones milestones) {
        this.plan = plan;
        this.client = client;
        this.milestones = milestones;
        this.setup = new LoopSetup(client, plan.loop());
    }

    @Override
    public BanditRecord call() throws Exception {
        setup.make(plan.settings());
        LoopClient users = new LoopClient(client.addresses().prediction(), plan.loop(), Duration.ofSeconds(10));
        TrafficOptions options =
                TrafficOptions.defaults().withWorkers(plan.users()).withPerSecond(plan.perSecond());
        try (Backlog backlog = new Backlog(client, plan.loop(), plan.perSecond(), plan.rewardWait());
                BanditTraffic traffic = new BanditTraffic(users, plan.world(), options)) {
            traffic.holdWhile(backlog::tooLong);
            traffic.listen(account -> {
                milestones.advance();
                if (account.answered()) {
                    backlog.answered();
                }
            });
            LiveTraffic<DecisionAccount> live =
                    new LiveTraffic<>(stop -> traffic.runUntil("live", Integer.MAX_VALUE, stop), traffic::listen);
            try {
                coldStart(live);
                for (Change change : plan.changes()) {
                    change(change, traffic, live);
                }
            } finally {
                live.stop();
            }
            return record(live.stop());
        }
    }

    private void coldStart(LiveTraffic<DecisionAccount> live) throws InterruptedException {
        milestones.tell(plan.label(), "cold start: no model, uniform random decisions");
        Instant from = Instant.now();
        live.await(plan.coldDecisions());
        var generated = LoopSetup.step(
                StepName.GENERATOR,
                from,
                Map.of("decisions", plan.coldDecisions(), "policy", "uniform", "users", plan.users()),
                "simulated users asked over REST under a random policy; every probability is in the log");
        Instant asked = Instant.now();
        FeedbackSummary joined = setup.joined(plan.coldDecisions(), JOINED);
        var ingested = LoopSetup.step(
                StepName.INGESTER,
                asked,
                Map.of("matched", joined.matched(), "defaulted", joined.defaulted(), "open", joined.open()),
                "decisions joined to their rewards, on the feedback topic and in the database");
        Instant requestedAt = Instant.now();
        milestones.tell(plan.label(), "%,d feedbacks joined; first training", joined.matched());
        Job job = setup.ended(
                setup.startup("first model", List.of(generated, ingested)).jobId());
        serve(job, "startup", null, null, requestedAt, live);
    }

    private void change(Change change, BanditTraffic traffic, LiveTraffic<DecisionAccount> live)
            throws InterruptedException {
        Instant changedAt = Instant.now();
        long moment = traffic.shift(change.window(), change.seed());
        changes.add(new BanditRecord.Marked(change, moment, changedAt));
        milestones.tell(plan.label(), "the world changes (%s)", change.name());
        Drift alarm = Patience.until("an alarm of " + plan.loop(), ALARM, () -> alarmSince(changedAt));
        milestones.tell(plan.label(), "drift: %s", alarm.description());
        Job job = Patience.until("a retraining of " + plan.loop(), ASKED, () -> retrainingSince(changedAt));
        serve(setup.ended(job.jobId()), change.name(), changedAt, alarm, job.requestedAt(), live);
    }

    private Optional<Drift> alarmSince(Instant changedAt) {
        return client.driftHistory(plan.loop(), 20).stream()
                .filter(drift -> drift.kind() == DriftKind.QUALITY
                        && drift.state() == DriftState.DETECTED
                        && drift.time().isAfter(changedAt))
                .min(Comparator.comparing(Drift::time));
    }

    private Optional<Job> retrainingSince(Instant changedAt) {
        return client.jobs(plan.loop(), 20).stream()
                .filter(job -> job.cause() == Cause.DRIFT && job.requestedAt().isAfter(changedAt))
                .min(Comparator.comparing(Job::requestedAt));
    }

    private void serve(
            Job job,
            String cause,
            Instant changedAt,
            Drift alarm,
            Instant requestedAt,
            LiveTraffic<DecisionAccount> live)
            throws InterruptedException {
        if (job.state() != StepState.DONE || job.modelVersion() == null) {
            throw new CommandException("the loop did not close: job " + job.jobId() + " of " + plan.loop() + " "
                    + job.state() + ": " + job.message());
        }
        long version = job.modelVersion();
        DecisionAccount first = Patience.until(
                "version " + version + " of " + plan.loop() + " to serve",
                SERVING,
                () -> live.first(account -> account.answered() && account.modelVersion() >= version));
        milestones.tell(plan.label(), "version %d serves", version);
        long before = live.count();
        live.await(before + plan.servedDecisions());
        Instant servingAt = first.asked().plusNanos(first.latencyMicros() * 1000);
        swaps.add(new Swap(
                plan.loop(),
                cause,
                version,
                job.jobId(),
                changedAt,
                alarm == null ? null : alarm.time(),
                alarm == null ? null : alarm.description(),
                requestedAt,
                LoopSetup.endOf(job, StepName.INGESTER),
                LoopSetup.endOf(job, StepName.TRAINER),
                servingAt,
                live.count(account -> account.fate() != Account.Fate.DONE
                        && Duration.between(account.asked(), servingAt).abs().compareTo(AROUND_SWAP) < 0)));
    }

    private BanditRecord record(List<DecisionAccount> accounts) throws InterruptedException {
        long answered = accounts.stream().filter(Account::answered).count();
        FeedbackSummary summary = setup.joined(answered, JOINED);
        List<Job> jobs = client.jobs(plan.loop(), 50);
        List<Drift> drifts = client.driftHistory(plan.loop(), 50);
        return new BanditRecord(plan, accounts, swaps, changes, summary, jobs, drifts, client.versions(plan.loop()));
    }
}
