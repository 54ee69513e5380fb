package io.leeway.training;

import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.RetrainRequest;
import io.leeway.contracts.StepState;
import io.leeway.contracts.TrainingEventType;
import io.leeway.contracts.rest.GateVerdict;
import io.leeway.contracts.rest.Lineage;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.InvalidArtifactException;
import io.leeway.core.model.Provenance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Deployer: gates a candidate, registers it whatever they say, and rolls it out if they all pass it. Thread safe. */
@ApplicationScoped
class Deploy {
    /** Candidates that share one error budget are counted up to here; the level of the last is next to nothing. */
    private static final int MOST_COUNTED = 200;

    private final Loops loops;
    private final Versions versions;
    private final Jobs jobs;
    private final RollOut rollOut;
    private final Gates gates;
    private final JobJournal journal;
    private final Clock clock;

    Deploy(Loops loops, Versions versions, Jobs jobs, RollOut rollOut, Gates gates, JobJournal journal, Clock clock) {
        this.loops = loops;
        this.versions = versions;
        this.jobs = jobs;
        this.rollOut = rollOut;
        this.gates = gates;
        this.journal = journal;
        this.clock = clock;
    }

    Optional<Artifact> champion(String loop) {
        return Optional.ofNullable(versions.roles(loop).get(ModelRole.CHAMPION))
                .flatMap(version -> versions.artifact(loop, version))
                .map(Artifact::read);
    }

    Gates.Material material(Loop loop, Path data) {
        return gates.material(loop, data);
    }

    List<GateVerdict> judge(TrainingJob job, Loop loop, Candidate candidate, Gates.Material material)
            throws InterruptedException {
        Optional<Artifact> champion = champion(loop.name());
        long number = Candidacy.number(job.request().driftId(), driftsBefore(loop.name()));
        return gates.judge(loop, candidate, material, champion, number);
    }

    /** Drifts that versions were trained because of, newest version first; null where it was for another reason. */
    private List<String> driftsBefore(String loop) {
        List<String> drifts = new ArrayList<>();
        for (ModelVersion version : versions.page(loop, VersionFilter.ALL, Page.first(MOST_COUNTED))) {
            drifts.add(jobs.find(version.jobId())
                    .map(job -> job.request().driftId())
                    .orElse(null));
        }
        return drifts;
    }

    /**
     * Registers the candidate, promotes it or not, and ends the job, in one transaction: after a crash all of it has happened or
     * none.
     */
    @Transactional
    ModelVersion register(RunningJob running, Candidate candidate, List<GateVerdict> verdicts, double gateSeconds) {
        TrainingJob job = running.job();
        String loop = job.loop();
        Optional<Loop> there = loops.lockIfThere(loop);
        if (there.isEmpty()) {
            throw new LostJobException(job.jobId());
        }
        Artifact artifact = candidate.artifact().withVersion(versions.nextNumber(loop));
        byte[] bytes = artifact.toBytes();
        ModelVersion version = version(job, candidate, artifact, bytes, verdicts);
        versions.add(version, bytes);
        journal.tell(job, TrainingEventType.REGISTERED, version.version(), registered(candidate), "registered");
        Optional<GateVerdict> refusal =
                verdicts.stream().filter(verdict -> !verdict.passed()).findFirst();
        String message;
        StepState end = StepState.DONE;
        if (!job.request().deploy()) {
            message = "registered only, as asked: version " + version.version();
        } else if (refusal.isPresent()) {
            end = StepState.REJECTED;
            message = "version " + version.version() + " kept out by gate "
                    + refusal.get().gate() + ": " + refusal.get().reason();
            journal.tell(job, TrainingEventType.REJECTED, version.version(), null, message);
        } else {
            message = rollOut.begin(there.get(), version, Attribution.service(why(job)));
        }
        finish(running, end, version.version(), message, verdicts, gateSeconds);
        return version;
    }

    private void finish(
            RunningJob running,
            StepState end,
            long version,
            String message,
            List<GateVerdict> verdicts,
            double gateSeconds) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("modelVersion", version);
        figures.put("gateSeconds", gateSeconds);
        verdicts.forEach(verdict -> figures.put(verdict.gate(), verdict.passed() ? "passed" : "refused"));
        var step = running.ended(end, figures, message);
        TrainingJob ended = running.job().ended(end, version, message, clock.instant());
        journal.step(ended, running.owner(), step);
        running.finished(ended);
    }

    private ModelVersion version(
            TrainingJob job, Candidate candidate, Artifact artifact, byte[] bytes, List<GateVerdict> verdicts) {
        return new ModelVersion(
                job.loop(),
                artifact.description().version(),
                artifact.description().learner(),
                List.of(),
                job.jobId(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Artifact.sha256(bytes),
                artifact.weightsSha256(),
                bytes.length,
                metrics(candidate),
                verdicts,
                artifact.description().provenance().toJson(),
                Map.of(),
                lineage(job, artifact));
    }

    private Lineage lineage(TrainingJob job, Artifact artifact) {
        RetrainRequest request = job.request();
        return new Lineage(
                request.requestId(),
                request.cause(),
                request.reason(),
                request.by(),
                request.driftId(),
                job.jobId(),
                artifact.description().provenance().dataset().id(),
                versions.roles(job.loop()).get(ModelRole.CHAMPION));
    }

    private static Map<String, Object> metrics(Candidate candidate) {
        Map<String, Object> metrics = new LinkedHashMap<>(candidate.report().figures());
        metrics.put(
                "lossCurve",
                candidate.report().lossCurve().stream()
                        .map(loss -> Json.mapper().convertValue(loss, Map.class))
                        .toList());
        return metrics;
    }

    private static Map<String, Object> headline(Candidate candidate) {
        Map<String, Object> figures = new LinkedHashMap<>(candidate.report().figures());
        figures.keySet().retainAll(List.of("rows", "rmse", "meanRmse", "trainSeconds", "examplesPerSecond"));
        return figures;
    }

    /** With what it was trained on, so that whoever keeps the data does not drop it. */
    private static Map<String, Object> registered(Candidate candidate) {
        Map<String, Object> figures = headline(candidate);
        Provenance.Dataset dataset =
                candidate.artifact().description().provenance().dataset();
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", dataset.id());
        told.put("sha256", dataset.sha256());
        if (dataset.from() != null) {
            told.put("from", dataset.from().toString());
            told.put("to", dataset.to().toString());
        }
        figures.put("dataset", told);
        return figures;
    }

    private static String why(TrainingJob job) {
        String cause = job.request().cause().name().toLowerCase(java.util.Locale.ROOT);
        return "passed all gates; trained because of " + cause
                + (job.request().reason() == null ? "" : ": " + job.request().reason());
    }

    /** A candidate that cannot even be read is no version: its bytes were never an artifact. */
    static Artifact read(byte[] bytes) {
        try {
            return Artifact.read(bytes);
        } catch (InvalidArtifactException e) {
            throw new TrainerFailedException("the trainer's artifact cannot be used: " + e.getMessage(), e);
        }
    }
}
