package io.leeway.training.learning;

import io.leeway.core.drift.ProfileLearner;
import io.leeway.core.features.Action;
import io.leeway.core.features.FeatureEncoder;
import io.leeway.core.json.JsonObject;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Forecast;
import io.leeway.core.model.Layout;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.PredictionInterval;
import io.leeway.core.model.Provenance;
import io.leeway.core.model.QuantileInterval;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.Scorers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Trains one candidate from a specification: data set in, artifact and report out. The same data, seed, libraries and threads
 * give the same weights.
 *
 * <p>Rows are split by time: the newest share is held out to judge by, the newest part of the rest says when to stop, and the
 * feature specification is learned from all but the held-out rows. What is learned from is the reward of the action that was
 * taken, unweighted: with one output per action, or an action's own columns, the policy that logged the rows decides where
 * there is data but not what the right answer is. Where the model cannot fit everything that matters all the same:
 * {@link DoublyRobustTargets}.
 */
public final class TrainCandidate {
    private static final int PROBES = 64;
    private static final int PROFILE_ROWS = 20_000;

    private final TrainingSpec spec;
    private final Learner learner;
    private final Supplier<Provenance.Platform> platform;
    private final Optional<Artifact> start;
    private RowSource source;
    private RowSource validation;
    private Replay replay;

    /** @param platform what this runs on, for the provenance */
    public TrainCandidate(TrainingSpec spec, Learner learner, Provenance.Platform platform) {
        this(spec, learner, () -> platform);
    }

    /** @param platform what this runs on, which may not be known before something has been learned */
    public TrainCandidate(TrainingSpec spec, Learner learner, Supplier<Provenance.Platform> platform) {
        this.spec = spec;
        this.learner = learner;
        this.platform = platform;
        this.start = spec.start().map(TrainCandidate::read);
    }

    /** The model that a specification wants to go on from. */
    public static Artifact read(Path artifact) {
        try {
            return Artifact.read(Files.readAllBytes(artifact));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read artifact " + artifact, e);
        }
    }

    /** Writes artifact and report. */
    public TrainingReport run(Learner.Progress progress) {
        long start = System.nanoTime();
        source = RowSource.of(spec.file());
        validation = spec.validationFile().map(RowSource::of).orElse(null);
        double readSeconds = secondsSince(start);
        long encoding = System.nanoTime();
        Provenance.Dataset dataset = spec.dataset().orElseGet(() -> DatasetFile.describe(spec.file()));
        int rows = Math.toIntExact(dataset.rows());
        double heldOut =
                spec.validationFile().isPresent() ? 0 : spec.hyperparameters().holdoutShare();
        int holdoutFrom = rows - (int) Math.round(rows * heldOut);
        boolean bandit = spec.loopKind().equals(ModelDescription.BANDIT);
        Hyperparameters wanted = wanted();
        int trainRows = holdoutFrom - (int) Math.round(holdoutFrom * wanted.validationShare());
        if (trainRows < 2) {
            throw new IllegalArgumentException("must be >= 2 rows to learn from: rows=" + rows);
        }
        boolean linear = spec.hyperparameters().learner().equals(Hyperparameters.LINEAR);
        Design logged = Encoding.learn(source, bandit, holdoutFrom, linear);
        Instant newest = dataset.to() == null ? Instant.now() : dataset.to();
        source.read(
                0, holdoutFrom, (row, i) -> logged.add(row, wanted.weighting().of(row, newest)));
        Design design = logged;
        int learnedRows = trainRows;
        if (bandit && wanted.bandit().doublyRobust() && !Replay.isOnline(wanted.learner())) {
            DoublyRobustTargets.Expanded expanded = DoublyRobustTargets.of(
                    source,
                    logged,
                    trainRows,
                    holdoutFrom,
                    wanted.weighting(),
                    newest,
                    part -> rewardModel(dataset, part));
            design = expanded.design();
            learnedRows = expanded.trainRows();
        }
        design.balance(learnedRows);
        int winsorised = bandit ? 0 : design.winsorise(learnedRows);
        double encodeSeconds = secondsSince(encoding);
        Fit fit = Replay.isOnline(wanted.learner())
                ? replay(wanted, bandit, holdoutFrom, progress)
                : learner.fit(design, learnedRows, wanted, progress);
        Map<String, Object> interval = interval(dataset, design, fit, trainRows, holdoutFrom);
        if (wanted.refit() && replay == null) {
            fit = learner.fit(design, design.rows(), wanted.withEpochs(fit.bestEpoch()), progress);
        }
        long judging = System.nanoTime();
        Artifact artifact = artifact(dataset, design, fit, trainRows, interval);
        Holdout holdout = new Holdout(source, validation, holdoutFrom, rows);
        Optional<Holdout.Errors> errors = holdout.errors(artifact);
        artifact = Artifact.of(withProfile(artifact, rows), artifact.tensors());
        write(artifact);
        Map<String, Object> figures = figures(design, fit, errors, trainRows, holdoutFrom, rows);
        figures.put("winsorisedRows", winsorised);
        if (spec.start().isPresent()) {
            figures.put("start", fit.warm() ? "champion" : "fresh: the champion has other layers or columns");
        }
        if (bandit && errors.isPresent()) {
            figures.putAll(holdout.policyValue(artifact, spec.policyDefaults(), design));
        }
        figures.put("readSeconds", readSeconds);
        figures.put("encodeSeconds", encodeSeconds);
        figures.put("judgeSeconds", secondsSince(judging));
        TrainingReport report =
                new TrainingReport(holdoutFrom, figures, fit.history(), probes(design, fit, interval, holdout));
        report.write(spec.report());
        return report;
    }

    private Scorer rewardModel(Provenance.Dataset dataset, DoublyRobustTargets.Part part) {
        Hyperparameters wanted = wanted().withBandit(wanted().bandit().withoutPosterior());
        Fit fit = learner.fit(part.design(), part.trainRows(), wanted, (epoch, epochs, train, validation) -> {});
        return Scorers.of(artifact(dataset, part.design(), fit, part.trainRows(), Map.of()));
    }

    /** What an online learner has learned of the rows that are not held out. */
    private Fit replay(Hyperparameters wanted, boolean bandit, int rows, Learner.Progress progress) {
        long began = System.nanoTime();
        replay = Replay.of(wanted.learner(), !bandit, source, rows);
        progress.epoch(1, 1, Double.NaN, Double.NaN);
        return replay.fit(rows, secondsSince(began));
    }

    /** Intervals are a regression's. */
    private Hyperparameters wanted() {
        return spec.loopKind().equals(ModelDescription.BANDIT)
                ? spec.hyperparameters().withoutIntervals()
                : spec.hyperparameters();
    }

    /** From the rows that said when to stop, before they are learned from; empty where none is wanted or there are too few rows. */
    private Map<String, Object> interval(Provenance.Dataset dataset, Design design, Fit fit, int from, int to) {
        double level = wanted().intervals().level();
        if (level == 0) {
            return Map.of();
        }
        boolean quantiles = hasQuantiles(fit);
        Scorer scorer = Scorers.of(artifact(
                dataset,
                design,
                fit,
                from,
                quantiles ? QuantileInterval.raw(level).toJson() : Map.of()));
        double[] predicted = new double[to - from];
        double[] observed = new double[to - from];
        Forecast.Bounds[] stated = new Forecast.Bounds[to - from];
        source.read(from, to, (row, i) -> {
            Forecast forecast = scorer.forecast(row.context());
            predicted[i - from] = forecast.value();
            observed[i - from] = row.reward();
            stated[i - from] = forecast.interval().orElse(null);
        });
        return quantiles
                ? QuantileInterval.learn(level, stated, observed)
                        .map(QuantileInterval::toJson)
                        .orElse(Map.of())
                : PredictionInterval.learn(level, predicted, observed)
                        .map(PredictionInterval::toJson)
                        .orElse(Map.of());
    }

    private static boolean hasQuantiles(Fit fit) {
        return fit.layout() instanceof Layout.NetworkLayout network
                && !network.quantiles().isEmpty();
    }

    private Artifact artifact(
            Provenance.Dataset dataset, Design design, Fit fit, int trainRows, Map<String, Object> interval) {
        Map<String, Object> defaults = new LinkedHashMap<>(spec.policyDefaults());
        if (!interval.isEmpty()) {
            defaults.put(PredictionInterval.NAME, interval);
        }
        Map<String, Object> hyperparameters =
                new LinkedHashMap<>(spec.hyperparameters().toJson());
        hyperparameters.put("trainRows", trainRows);
        hyperparameters.put("bestEpoch", fit.bestEpoch());
        if (!spec.source().isEmpty()) {
            hyperparameters.put("source", spec.source());
        }
        start.ifPresent(before -> {
            hyperparameters.put("startVersion", before.description().version());
            hyperparameters.put("startWeightsSha256", before.weightsSha256());
        });
        Provenance provenance = new Provenance(
                dataset,
                design.spec().sha256(),
                hyperparameters,
                spec.hyperparameters().seed(),
                spec.commit(),
                learner.libraryVersions(),
                platform.get(),
                Instant.now(),
                spec.trigger());
        ModelDescription description = new ModelDescription(
                ModelDescription.FORMAT,
                spec.loop(),
                0,
                spec.loopKind(),
                spec.hyperparameters().learner(),
                fit.layout(),
                design.heads(),
                design.spec(),
                defaults,
                provenance,
                io.leeway.core.drift.Profile.EMPTY);
        return Artifact.of(description, fit.tensors());
    }

    /** The reference profile: what the newest rows looked like, with the model's own answers to them. */
    private ModelDescription withProfile(Artifact artifact, int rows) {
        Scorer scorer = Scorers.of(artifact);
        ProfileLearner profile = new ProfileLearner();
        source.read(Math.max(0, rows - PROFILE_ROWS), rows, (row, i) -> {
            profile.observe(row.eventId(), row.context());
            profile.observePrediction(row.eventId(), row.scoredBy(scorer));
            profile.observeReward(row.eventId(), row.reward());
            if (row.chosen() >= 0) {
                profile.observeAction(row.action().id());
            }
        });
        ModelDescription d = artifact.description();
        return new ModelDescription(
                d.format(),
                d.loop(),
                d.version(),
                d.loopKind(),
                d.learner(),
                d.layout(),
                d.heads(),
                d.features(),
                d.policyDefaults(),
                d.provenance(),
                profile.profile());
    }

    private void write(Artifact artifact) {
        try {
            Files.write(spec.artifact(), artifact.toBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write artifact " + spec.artifact(), e);
        }
    }

    private static Map<String, Object> figures(
            Design design, Fit fit, Optional<Holdout.Errors> errors, int trainRows, int holdoutFrom, int rows) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("rows", rows);
        figures.put("trainRows", trainRows);
        figures.put("validationRows", holdoutFrom - trainRows);
        figures.put("holdoutRows", rows - holdoutFrom);
        figures.put("width", design.width());
        figures.put("outputs", design.outputs());
        figures.put("epochs", fit.epochs());
        figures.put("bestEpoch", fit.bestEpoch());
        figures.put("trainSeconds", fit.seconds());
        figures.put("examplesPerSecond", fit.seconds() > 0 ? fit.examples() / fit.seconds() : 0.0);
        errors.ifPresent(known -> figures.putAll(known.figures()));
        return figures;
    }

    /** @param interval as the artifact has it */
    private List<TrainingReport.Probe> probes(Design design, Fit fit, Map<String, Object> interval, Holdout holdout) {
        FeatureEncoder encoder = new FeatureEncoder(design.spec());
        List<TrainingReport.Probe> probes = new ArrayList<>();
        boolean joint = spec.loopKind().equals(ModelDescription.BANDIT)
                && design.heads().isEmpty();
        holdout.read(PROBES, (row, i) -> {
            List<Double> scores = new ArrayList<>();
            if (replay != null) {
                scores.addAll(replay.scores(row, design.heads()));
            } else if (joint) {
                for (Action action : row.actions()) {
                    scores.add(fit.forward().outputs(encoder.encode(row.context(), action))[0]);
                }
            } else {
                double[] outputs = fit.forward().outputs(encoder.encode(row.context()));
                for (int output = 0; output < design.outputs(); output++) {
                    scores.add(outputs[output]);
                }
                bounds(outputs, fit, interval)
                        .ifPresent(bounds -> scores.addAll(List.of(bounds.lower(), bounds.upper())));
            }
            probes.add(new TrainingReport.Probe(i, scores));
        });
        return probes;
    }

    private static Optional<Forecast.Bounds> bounds(double[] outputs, Fit fit, Map<String, Object> interval) {
        if (interval.isEmpty()) {
            return Optional.empty();
        }
        JsonObject json = JsonObject.of(interval);
        return Optional.of(
                hasQuantiles(fit)
                        ? QuantileInterval.fromJson(json).around(outputs[0], outputs[1], outputs[2])
                        : PredictionInterval.fromJson(json).around(outputs[0]));
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    /** The learner of a specification, unless it is a network's, which {@code network} makes. */
    public static Learner learner(Hyperparameters wanted, Supplier<Learner> network) {
        return wanted.isNetwork() ? network.get() : new LinearLearner();
    }
}
