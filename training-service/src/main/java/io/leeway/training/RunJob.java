package io.leeway.training;

import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.StepName;
import io.leeway.contracts.TrainingSettings;
import io.leeway.contracts.rest.GateVerdict;
import io.leeway.contracts.rest.JobProgress;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Provenance;
import io.leeway.training.learning.BanditLearning;
import io.leeway.training.learning.Hyperparameters;
import io.leeway.training.learning.Intervals;
import io.leeway.training.learning.TrainingReport;
import io.leeway.training.learning.TrainingSpec;
import io.leeway.training.learning.Weighting;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;

/** Runs one claimed job through its steps: Ingester, Trainer, Deployer. Thread safe. */
@ApplicationScoped
class RunJob {
    private static final Logger LOG = Logger.getLogger(RunJob.class);

    private final Loops loops;
    private final FeedbackLog feedback;
    private final TrainerProcess trainer;
    private final Deploy deploy;
    private final JobJournal journal;
    private final TrainingConfig config;
    private final MeterRegistry meters;
    private final Clock clock;

    RunJob(
            Loops loops,
            FeedbackLog feedback,
            TrainerProcess trainer,
            Deploy deploy,
            JobJournal journal,
            TrainingConfig config,
            MeterRegistry meters,
            Clock clock) {
        this.loops = loops;
        this.feedback = feedback;
        this.trainer = trainer;
        this.deploy = deploy;
        this.journal = journal;
        this.config = config;
        this.meters = meters;
        this.clock = clock;
    }

    /** Returns when the job has ended, is no longer held here, or the thread was interrupted, which leaves the job to others. */
    void run(TrainingJob claimed, String owner) {
        RunningJob running = new RunningJob(claimed, owner, journal, clock);
        String outcome = "lost";
        try {
            outcome = steps(running);
        } catch (LostJobException e) {
            LOG.infof("job %s of loop %s is not held here any more", claimed.jobId(), claimed.loop());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.infof("job %s of loop %s was interrupted", claimed.jobId(), claimed.loop());
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                LOG.infof("job %s of loop %s was interrupted", claimed.jobId(), claimed.loop());
                return;
            }
            outcome = fail(running, e);
        } finally {
            meters.counter("leeway.training.jobs", "outcome", outcome).increment();
        }
    }

    /** In a word what became of it. */
    private String fail(RunningJob running, RuntimeException e) {
        String jobId = running.job().jobId();
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        Optional<Instant> again = JobRetry.at(e, running.job(), config.jobs(), clock.instant());
        if (again.isPresent()) {
            LOG.warnf(
                    "job %s of loop %s failed: %s; again at %s",
                    jobId, running.job().loop(), message, again.get());
        } else if (e instanceof NotEnoughFeedbackException || e instanceof TrainerFailedException) {
            LOG.warnf("job %s of loop %s failed: %s", jobId, running.job().loop(), e.getMessage());
        } else {
            LOG.errorf(e, "job %s of loop %s failed", jobId, running.job().loop());
        }
        try {
            if (again.isPresent()) {
                running.retry("failed, tried again at " + again.get() + ": " + message, again.get());
            } else {
                running.fail(message);
            }
        } catch (LostJobException lost) {
            LOG.infof("job %s is not held here any more", jobId);
        }
        return again.isPresent() ? "retried" : "failed";
    }

    private String steps(RunningJob running) throws InterruptedException {
        TrainingJob job = running.job();
        if (job.attempts() > config.jobs().attempts()) {
            running.fail("given up after " + config.jobs().attempts() + " attempts");
            return "failed";
        }
        Loop loop = loops.find(job.loop()).orElseThrow(() -> new LostJobException(job.jobId()));
        for (int attempt = 1; attempt < job.attempts(); attempt++) {
            // What an instance left behind that was killed.
            new WorkFolder(work(job, attempt)).close();
        }
        try (WorkFolder folder = WorkFolder.empty(work(job, job.attempts()))) {
            Ingestion wanted = ingestion(running, loop, folder);
            Ingested data = ingest(running, wanted);
            Future<Gates.Material> material = Beside.start(() -> deploy.material(loop, wanted.file()));
            try {
                Candidate candidate = train(running, loop, folder, data, wanted.source());
                deploy(running, loop, candidate, material);
            } finally {
                material.cancel(true);
            }
        }
        return running.job().state().name().toLowerCase(Locale.ROOT);
    }

    private Path work(TrainingJob job, int attempt) {
        return config.stateDir().resolve("jobs").resolve(job.jobId() + "-" + attempt);
    }

    private Ingestion ingestion(RunningJob running, Loop loop, WorkFolder folder) {
        TrainingSettings settings = loop.settings().training();
        return new Ingestion(
                loop.name(),
                loop.kind() == LoopKind.REGRESSION,
                RewardReplay.of(loop.settings()),
                since(running.job(), settings),
                settings.minimumFeedback(),
                settings.windowRows(),
                loops.feedbackFloor(loop.name()),
                Map.of(),
                config.jobs().feedbackWait(),
                folder.file("data.jsonl"),
                rows -> running.progress(
                        "waiting for feedback: " + rows + " of " + settings.minimumFeedback(), Map.of("rows", rows)));
    }

    private Ingested ingest(RunningJob running, Ingestion wanted) {
        running.begin(StepName.INGESTER, "reading feedback");
        long start = System.nanoTime();
        Ingested data = feedback.ingest(wanted);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("rows", data.dataset().rows());
        figures.put("recordsRead", data.recordsRead());
        figures.put("corrected", data.corrected());
        figures.put("unreadable", data.unreadable());
        figures.put("withoutValue", data.withoutValue());
        figures.put("dataset", data.dataset().id());
        figures.put("seconds", timed("Ingester", start));
        running.end(figures, data.dataset().rows() + " rows");
        return data;
    }

    /** The later of what the request says and what the loop's window allows; null if neither says anything. */
    private Instant since(TrainingJob job, TrainingSettings settings) {
        Instant asked = job.request().since();
        Instant allowed = settings.windowAge() == null ? null : clock.instant().minus(settings.windowAge());
        return asked == null || (allowed != null && allowed.isAfter(asked)) ? allowed : asked;
    }

    private Candidate train(RunningJob running, Loop loop, WorkFolder folder, Ingested data, Map<String, Object> source)
            throws InterruptedException {
        running.begin(StepName.TRAINER, "starting the trainer");
        long start = System.nanoTime();
        TrainingSpec spec = started(spec(running.job(), loop, folder, data.dataset(), source), loop, folder);
        TrainingReport report = trainer.train(spec, folder.path(), line -> progress(running, line));
        Map<String, Object> figures = new LinkedHashMap<>(report.figures());
        figures.put("seconds", timed("Trainer", start));
        Candidate candidate = new Candidate(Deploy.read(bytes(spec.artifact())), report, spec.file());
        running.end(
                figures,
                String.format(
                        Locale.ROOT,
                        "trained on %s rows, RMSE %.4g",
                        figures.get("trainRows"),
                        ((Number) figures.get("rmse")).doubleValue()));
        return candidate;
    }

    /** Going on from the champion, where the loop wants that and has one. */
    private TrainingSpec started(TrainingSpec spec, Loop loop, WorkFolder folder) {
        if (!loop.settings().training().start().equals("champion")) {
            return spec;
        }
        return deploy.champion(loop.name())
                .map(champion -> spec.startingFrom(written(champion, folder.file("champion.safetensors"))))
                .orElse(spec);
    }

    static Path written(Artifact artifact, Path file) {
        try {
            return Files.write(file, artifact.toBytes()).toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write artifact " + file, e);
        }
    }

    /** @param material what the gates read while the candidate was trained */
    private void deploy(RunningJob running, Loop loop, Candidate candidate, Future<Gates.Material> material)
            throws InterruptedException {
        running.begin(StepName.DEPLOYER, "gates");
        long start = System.nanoTime();
        List<GateVerdict> verdicts = deploy.judge(running.job(), loop, candidate, Beside.join(material));
        double gateSeconds = (System.nanoTime() - start) / 1e9;
        verdicts.forEach(verdict -> LOG.infof(
                "loop %s, gate %s %s: %s",
                loop.name(), verdict.gate(), verdict.passed() ? "passed" : "refused", verdict.reason()));
        deploy.register(running, candidate, verdicts, gateSeconds);
        timed("Deployer", start);
        LOG.infof(
                "job %s of loop %s: %s",
                running.job().jobId(), loop.name(), running.job().message());
    }

    private static void progress(RunningJob running, Map<?, ?> line) {
        if ("epoch".equals(line.get("phase"))) {
            Map<String, Object> figures = new LinkedHashMap<>();
            line.forEach((name, value) -> {
                if (value != null && !name.equals("phase")) {
                    figures.put(name.toString(), value);
                }
            });
            running.loss(new JobProgress.Loss(
                    ((Number) line.get("epoch")).intValue(),
                    line.get("epochs") instanceof Number epochs ? epochs.intValue() : null,
                    line.get("train") instanceof Number train ? train.doubleValue() : null,
                    line.get("validation") instanceof Number validation ? validation.doubleValue() : null));
            running.progress("epoch " + line.get("epoch") + " of " + line.get("epochs"), figures);
        } else if ("started".equals(line.get("phase"))) {
            running.progress("training on " + line.get("backend") + ", threads " + line.get("threads"), Map.of());
        }
    }

    private TrainingSpec spec(
            TrainingJob job, Loop loop, WorkFolder folder, Provenance.Dataset dataset, Map<String, Object> source) {
        TrainingSettings settings = loop.settings().training();
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("rule", loop.settings().exploration().rule());
        policy.put("parameters", loop.settings().exploration().parameters());
        policy.put("floor", loop.settings().exploration().floor());
        return new TrainingSpec(
                loop.name(),
                loop.kind() == LoopKind.REGRESSION ? ModelDescription.REGRESSION : ModelDescription.BANDIT,
                new Hyperparameters(
                        settings.learner(),
                        settings.hiddenLayers(),
                        settings.epochs(),
                        settings.batchRows(),
                        settings.learningRate(),
                        settings.l2(),
                        settings.seed(),
                        settings.holdoutShare(),
                        settings.validationShare(),
                        settings.refit(),
                        new Intervals(settings.interval() == null ? 0 : settings.interval(), settings.intervalBy()),
                        new Weighting(settings.halfLife(), settings.importance()),
                        new BanditLearning(settings.target(), settings.posterior(), settings.members())),
                folder.file("data.jsonl").toAbsolutePath(),
                Optional.of(dataset),
                Optional.empty(),
                folder.file("model.safetensors").toAbsolutePath(),
                folder.file("report.json").toAbsolutePath(),
                policy,
                new Provenance.Trigger(
                        job.request().requestId(), job.request().cause().name().toLowerCase(Locale.ROOT)),
                config.commit().orElseGet(SourceCommit::ofThisCode),
                source,
                Optional.empty());
    }

    private double timed(String step, long start) {
        java.time.Duration took = java.time.Duration.ofNanos(System.nanoTime() - start);
        meters.timer("leeway.training.steps", "step", step).record(took);
        return took.toMillis() / 1e3;
    }

    private static byte[] bytes(Path artifact) {
        try {
            return Files.readAllBytes(artifact);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the trainer's artifact", e);
        }
    }
}
