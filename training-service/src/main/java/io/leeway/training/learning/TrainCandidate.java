package io.leeway.training.learning;

import io.leeway.core.drift.ProfileLearner;
import io.leeway.core.evaluation.RegressionMetrics;
import io.leeway.core.evaluation.RewardRange;
import io.leeway.core.features.Action;
import io.leeway.core.features.FeatureEncoder;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.PredictionInterval;
import io.leeway.core.model.Provenance;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.Scorers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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
        Hyperparameters wanted = spec.hyperparameters();
        int trainRows = holdoutFrom - (int) Math.round(holdoutFrom * wanted.validationShare());
        if (trainRows < 2) {
            throw new IllegalArgumentException("must be >= 2 rows to learn from: rows=" + rows);
        }
        boolean bandit = spec.loopKind().equals(ModelDescription.BANDIT);
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
        Artifact artifact = artifact(dataset, design, fit, trainRows, Optional.empty());
        Optional<PredictionInterval> interval = interval(artifact, trainRows, holdoutFrom);
        if (wanted.refit() && replay == null) {
            fit = learner.fit(design, design.rows(), wanted.withEpochs(fit.bestEpoch()), progress);
        }
        long judging = System.nanoTime();
        artifact = artifact(dataset, design, fit, trainRows, interval);
        Holdout holdout = judge(artifact, holdoutFrom, rows);
        artifact = Artifact.of(withProfile(artifact, rows), artifact.tensors());
        write(artifact);
        Map<String, Object> figures = figures(design, fit, holdout, trainRows, holdoutFrom, rows);
        figures.put("winsorisedRows", winsorised);
        if (spec.start().isPresent()) {
            figures.put("start", fit.warm() ? "champion" : "fresh: the champion has other layers or columns");
        }
        if (bandit && holdout != null) {
            figures.putAll(policyValue(artifact, design, holdoutFrom, rows));
        }
        figures.put("readSeconds", readSeconds);
        figures.put("encodeSeconds", encodeSeconds);
        figures.put("judgeSeconds", secondsSince(judging));
        TrainingReport report =
                new TrainingReport(holdoutFrom, figures, fit.history(), probes(design, fit, holdoutFrom, rows));
        report.write(spec.report());
        return report;
    }

    private Scorer rewardModel(Provenance.Dataset dataset, DoublyRobustTargets.Part part) {
        Hyperparameters wanted = spec.hyperparameters()
                .withBandit(spec.hyperparameters().bandit().withoutPosterior());
        Fit fit = learner.fit(part.design(), part.trainRows(), wanted, (epoch, epochs, train, validation) -> {});
        return Scorers.of(artifact(dataset, part.design(), fit, part.trainRows(), Optional.empty()));
    }

    /** What an online learner has learned of the rows that are not held out. */
    private Fit replay(Hyperparameters wanted, boolean bandit, int rows, Learner.Progress progress) {
        long began = System.nanoTime();
        replay = Replay.of(wanted.learner(), !bandit, source, rows);
        progress.epoch(1, 1, Double.NaN, Double.NaN);
        return replay.fit(rows, secondsSince(began));
    }

    /** From the rows that said when to stop, before they are learned from. */
    private Optional<PredictionInterval> interval(Artifact artifact, int from, int to) {
        double level = spec.hyperparameters().interval();
        if (level == 0 || spec.loopKind().equals(ModelDescription.BANDIT)) {
            return Optional.empty();
        }
        Scorer scorer = Scorers.of(artifact);
        double[] predicted = new double[to - from];
        double[] observed = new double[to - from];
        source.read(from, to, (row, i) -> {
            predicted[i - from] = score(scorer, row);
            observed[i - from] = row.reward();
        });
        return PredictionInterval.learn(level, predicted, observed);
    }

    private Artifact artifact(
            Provenance.Dataset dataset, Design design, Fit fit, int trainRows, Optional<PredictionInterval> interval) {
        Map<String, Object> defaults = new LinkedHashMap<>(spec.policyDefaults());
        interval.ifPresent(learned -> defaults.put(PredictionInterval.NAME, learned.toJson()));
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

    /** @param coverage share of the values within their prediction intervals; NaN without intervals */
    private record Holdout(RegressionMetrics model, RegressionMetrics mean, double coverage, double width) {}

    /** Errors on the held-out rows, by core's own forward pass; null without such rows. */
    private Holdout judge(Artifact artifact, int holdoutFrom, int rows) {
        Scorer scorer = Scorers.of(artifact);
        List<Double> predicted = new ArrayList<>();
        List<Double> observed = new ArrayList<>();
        readHoldout(holdoutFrom, rows, Integer.MAX_VALUE, (row, i) -> {
            predicted.add(score(scorer, row));
            observed.add(row.reward());
        });
        if (observed.isEmpty()) {
            return null;
        }
        double[] truth = toArray(observed);
        double[] sum = new double[2];
        source.read(0, holdoutFrom, (row, i) -> {
            sum[0] += row.reward();
            sum[1]++;
        });
        double[] mean = new double[truth.length];
        Arrays.fill(mean, sum[0] / sum[1]);
        double[] answers = toArray(predicted);
        Optional<PredictionInterval> interval = PredictionInterval.of(artifact.description());
        double width = interval.map(i -> Arrays.stream(answers)
                        .map(answer -> i.upperEnd(answer) - i.lowerEnd(answer))
                        .average()
                        .orElseThrow())
                .orElse(Double.NaN);
        return new Holdout(
                RegressionMetrics.of(answers, truth),
                RegressionMetrics.of(mean, truth),
                interval.map(i -> i.coverage(answers, truth)).orElse(Double.NaN),
                width);
    }

    private Map<String, Object> policyValue(Artifact artifact, Design design, int holdoutFrom, int rows) {
        RewardRange range = rewardRange(design, holdoutFrom, rows);
        PolicyValue value = PolicyValue.of(Scorers.of(artifact), spec.policyDefaults(), range);
        readHoldout(holdoutFrom, rows, Integer.MAX_VALUE, (row, i) -> value.add(row));
        return value.figures();
    }

    /** What the loop states; else what was seen. */
    private RewardRange rewardRange(Design design, int holdoutFrom, int rows) {
        if (spec.policyDefaults().get("rewardRange") instanceof List<?> stated && stated.size() == 2) {
            return new RewardRange(((Number) stated.get(0)).doubleValue(), ((Number) stated.get(1)).doubleValue());
        }
        double[] seen = {design.leastTarget(), design.mostTarget()};
        readHoldout(holdoutFrom, rows, Integer.MAX_VALUE, (row, i) -> {
            seen[0] = Math.min(seen[0], row.reward());
            seen[1] = Math.max(seen[1], row.reward());
        });
        return new RewardRange(seen[0], Math.max(seen[1], seen[0] + 1e-9));
    }

    private void readHoldout(
            int holdoutFrom, int rows, int most, java.util.function.ObjIntConsumer<TrainingRow> reader) {
        if (validation != null) {
            validation.read(0, most, reader);
        } else {
            int end = (int) Math.min(rows, (long) holdoutFrom + most);
            source.read(holdoutFrom, end, reader);
        }
    }

    private static double score(Scorer scorer, TrainingRow row) {
        return row.chosen() < 0 ? scorer.predict(row.context()) : scorer.score(row.context(), List.of(row.action()))[0];
    }

    /** The reference profile: what the newest rows looked like, with the model's own answers to them. */
    private ModelDescription withProfile(Artifact artifact, int rows) {
        Scorer scorer = Scorers.of(artifact);
        ProfileLearner profile = new ProfileLearner();
        source.read(Math.max(0, rows - PROFILE_ROWS), rows, (row, i) -> {
            profile.observe(row.eventId(), row.context());
            profile.observePrediction(row.eventId(), score(scorer, row));
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
            Design design, Fit fit, Holdout holdout, int trainRows, int holdoutFrom, int rows) {
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
        if (holdout != null) {
            figures.put("rmse", holdout.model.rmse());
            figures.put("mae", holdout.model.mae());
            figures.put("bias", holdout.model.bias());
            figures.put("meanRmse", holdout.mean.rmse());
            if (!Double.isNaN(holdout.coverage)) {
                figures.put("intervalCoverage", holdout.coverage);
                figures.put("intervalMeanWidth", holdout.width);
            }
        }
        return figures;
    }

    private List<TrainingReport.Probe> probes(Design design, Fit fit, int holdoutFrom, int rows) {
        FeatureEncoder encoder = new FeatureEncoder(design.spec());
        List<TrainingReport.Probe> probes = new ArrayList<>();
        boolean joint = spec.loopKind().equals(ModelDescription.BANDIT)
                && design.heads().isEmpty();
        readHoldout(holdoutFrom, rows, PROBES, (row, i) -> {
            List<Double> scores = new ArrayList<>();
            if (replay != null) {
                scores.addAll(replay.scores(row, design.heads()));
            } else if (joint) {
                for (Action action : row.actions()) {
                    scores.add(fit.forward().outputs(encoder.encode(row.context(), action))[0]);
                }
            } else {
                for (double output : fit.forward().outputs(encoder.encode(row.context()))) {
                    scores.add(output);
                }
            }
            probes.add(new TrainingReport.Probe(i, scores));
        });
        return probes;
    }

    private static double[] toArray(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    /** The learner of a specification, unless it is a network's, which {@code network} makes. */
    public static Learner learner(Hyperparameters wanted, Supplier<Learner> network) {
        return wanted.isNetwork() ? network.get() : new LinearLearner();
    }

    /** What this JVM runs on. */
    public static Provenance.Platform platform(int threads, String backend) {
        return new Provenance.Platform(
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                cpu(),
                threads,
                backend);
    }

    private static String cpu() {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return "unknown";
        }
        try (var lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
