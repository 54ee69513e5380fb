package io.leeway.cli.demo;

import io.leeway.cli.client.CallException;
import io.leeway.cli.client.LeewayClient;
import io.leeway.contracts.Drift;
import io.leeway.contracts.rest.Job;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells of drifts and jobs of a loop as they happen, for people who watch. */
final class Announcer implements AutoCloseable {
    private final LeewayClient client;
    private final String loop;
    private final Milestones milestones;
    private final Set<String> told = new HashSet<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "announcer");
        thread.setDaemon(true);
        return thread;
    });

    Announcer(LeewayClient client, String loop, Milestones milestones) {
        this.client = client;
        this.loop = loop;
        this.milestones = milestones;
    }

    void watch() {
        clock.scheduleWithFixedDelay(this::look, 0, 500, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            List<Drift> drifts = client.driftHistory(loop, 20);
            for (int i = drifts.size() - 1; i >= 0; i--) {
                Drift drift = drifts.get(i);
                tell(drift.driftId() + drift.state(), "drift " + lower(drift.state()) + ": " + drift.description());
            }
            for (Job job : client.jobs(loop, 20)) {
                if (job.state().ended()) {
                    tell(job.jobId(), "job " + lower(job.state()) + " (" + lower(job.cause()) + "): " + job.message());
                }
            }
        } catch (CallException e) {
            // Only for people who watch: what counts is read again at the end, and fails there if it must.
            milestones.tell(loop, "%s", e.getMessage());
        }
    }

    private void tell(String key, String words) {
        if (told.add(key)) {
            milestones.tell("taxi", "%s", words);
        }
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
