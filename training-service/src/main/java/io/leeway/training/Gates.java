package io.leeway.training;

import io.leeway.contracts.ExplorationSettings;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.RolloutMode;
import io.leeway.contracts.RolloutSettings;
import io.leeway.contracts.rest.GateVerdict;
import io.leeway.core.bandit.Exploration;
import io.leeway.core.bandit.Policy;
import io.leeway.core.evaluation.RewardRange;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.Scorers;
import io.leeway.core.promotion.BanditQuality;
import io.leeway.core.promotion.DataGate;
import io.leeway.core.promotion.DataLimits;
import io.leeway.core.promotion.ErrorBudget;
import io.leeway.core.promotion.JudgedRow;
import io.leeway.core.promotion.LinearBaseline;
import io.leeway.core.promotion.RecordedAnswer;
import io.leeway.core.promotion.RegressionQuality;
import io.leeway.core.promotion.ServingGate;
import io.leeway.core.promotion.Thresholds;
import io.leeway.core.promotion.Verdict;
import io.leeway.training.learning.DatasetFile;
import io.leeway.training.learning.TrainingReport.Probe;
import io.leeway.training.learning.TrainingRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

/** Puts a candidate through all gates but the last, the rollout; each has its say, whatever the others said. Thread safe. */
@ApplicationScoped
class Gates {
    /** Requests whose inputs are compared with those of the rows. */
    private static final int REQUESTS = 200;

    /** A larger data set's rows are read again when they are needed. */
    private static final long MOST_KEPT_BYTES = 32 << 20;

    private final TrainingConfig.GatesConfig config;
    private final RequestLog requests;

    Gates(TrainingConfig config, RequestLog requests) {
        this.config = config.gates();
        this.requests = requests;
    }

    /**
     * What the gates read beside the candidate, which can be had while it still trains.
     *
     * @param rows of the data set; null if they are too many to keep
     * @param requests that predictors were asked lately
     */
    record Material(List<TrainingRow> rows, List<Map<String, Object>> requests) {}

    Material material(Loop loop, Path data) {
        return new Material(rows(data), requests.recent(loop.name(), REQUESTS));
    }

    private static List<TrainingRow> rows(Path data) {
        try {
            if (Files.size(data) > MOST_KEPT_BYTES) {
                return null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read data set " + data, e);
        }
        List<TrainingRow> rows = new ArrayList<>();
        DatasetFile.read(data, 0, Integer.MAX_VALUE, (row, number) -> rows.add(row));
        return rows;
    }

    /**
     * Quality, which takes the longest, is judged beside the others.
     *
     * @param number of the candidate since the world last changed, from 1 on
     */
    List<GateVerdict> judge(Loop loop, Candidate candidate, Material material, Optional<Artifact> champion, long number)
            throws InterruptedException {
        Reading reading = new Reading(loop, candidate);
        reading.read(material);
        Future<Verdict> quality = Beside.start(() -> quality(loop, candidate, champion, reading, number));
        Duration stated = loop.settings().serving().timeBudget();
        ServingGate serving = new ServingGate(stated == null ? config.timeBudget() : stated, System::nanoTime);
        Verdict data = data(loop, reading, material, champion);
        Verdict served = serving.judge(candidate.artifact().toBytes(), reading.answers());
        return List.of(verdict(data), verdict(Beside.join(quality)), verdict(served));
    }

    private Verdict data(Loop loop, Reading reading, Material material, Optional<Artifact> champion) {
        material.requests().forEach(reading.data::addRequest);
        champion.ifPresent(theirs -> reading.data.expect(theirs.description().features()));
        return reading.data.verdict(new DataLimits(
                loop.settings().training().minimumFeedback(),
                config.effectiveSampleSize(),
                config.dayShare(),
                config.actionShare()));
    }

    private Verdict quality(Loop loop, Candidate candidate, Optional<Artifact> champion, Reading reading, long number) {
        RolloutSettings rollout = loop.settings().rollout();
        Thresholds thresholds = new Thresholds(
                loop.settings().training().tolerance(),
                rollout.gain(),
                rollout.seriousLoss(),
                new ErrorBudget(1 - config.confidence()).level(number));
        boolean liveDecides = rollout.mode() != RolloutMode.DIRECT;
        double mean = reading.trainMean();
        Scorer own = Scorers.of(candidate.artifact());
        Optional<Scorer> theirs = champion.map(Scorers::of);
        if (loop.kind() == LoopKind.REGRESSION) {
            return new RegressionQuality(thresholds, liveDecides)
                    .judge(reading.held, own, theirs, reading.linear(), mean);
        }
        return new BanditQuality(range(loop), thresholds, rollout.segments(), liveDecides)
                .judge(reading.held, policy(loop, own), theirs.map(scorer -> policy(loop, scorer)), mean);
    }

    static RewardRange range(Loop loop) {
        io.leeway.contracts.RewardRange stated = loop.settings().reward().range();
        return new RewardRange(stated.min(), stated.max());
    }

    /** The policy that predictors make of a scorer under the loop's settings. */
    static Policy policy(Loop loop, Scorer scorer) {
        ExplorationSettings settings = loop.settings().exploration();
        Map<String, Double> parameters = new TreeMap<>(settings.parameters());
        if (settings.rule().equals("squareCb")) {
            // Gamma is set per unit of the reward range.
            parameters.put("scale", Math.min(range(loop).width(), Double.MAX_VALUE));
        }
        return new Policy(scorer, Exploration.of(settings.rule(), parameters), settings.floor());
    }

    static GateVerdict verdict(Verdict verdict) {
        return new GateVerdict(verdict.gate(), verdict.passed(), verdict.reason(), verdict.figures());
    }

    /** What the gates need of a data set, in one reading. */
    private final class Reading {
        private final DataGate data;
        private final Candidate candidate;
        private final int holdoutFrom;
        private final Map<Integer, JudgedRow> probed = new HashMap<>();
        private final List<JudgedRow> held = new ArrayList<>();
        private final Optional<LinearBaseline> linear;
        private final int keptFrom;
        private double trainSum;
        private int trainRows;

        private Reading(Loop loop, Candidate candidate) {
            this.candidate = candidate;
            data = new DataGate(loop.kind() == LoopKind.BANDIT);
            linear = loop.kind() == LoopKind.BANDIT
                    ? Optional.empty()
                    : LinearBaseline.over(candidate.artifact().description().features());
            holdoutFrom = candidate.report().holdoutFrom();
            long rows =
                    candidate.artifact().description().provenance().dataset().rows();
            keptFrom = Math.toIntExact(Math.max(holdoutFrom, rows - config.rows()));
            for (Probe probe : candidate.report().probes()) {
                probed.put(probe.row(), null);
            }
        }

        private void add(TrainingRow training, int number) {
            JudgedRow row = training.judged();
            data.add(row);
            if (probed.containsKey(number)) {
                probed.put(number, row);
            }
            if (number < holdoutFrom) {
                trainSum += row.reward();
                trainRows++;
                linear.ifPresent(baseline -> baseline.learn(row.context(), row.reward()));
            } else if (number >= keptFrom) {
                held.add(row);
                data.addNewest(row);
            }
        }

        private void read(Material material) {
            if (material.rows() == null) {
                DatasetFile.read(candidate.data(), 0, Integer.MAX_VALUE, this::add);
                return;
            }
            for (int number = 0; number < material.rows().size(); number++) {
                add(material.rows().get(number), number);
            }
        }

        private double trainMean() {
            return trainRows == 0 ? 0 : trainSum / trainRows;
        }

        private Optional<ToDoubleFunction<Map<String, Object>>> linear() {
            return linear.flatMap(LinearBaseline::fit);
        }

        private List<RecordedAnswer> answers() {
            List<RecordedAnswer> answers = new ArrayList<>();
            for (Probe probe : candidate.report().probes()) {
                JudgedRow row = probed.get(probe.row());
                if (row == null) {
                    throw new TrainerFailedException("the trainer answered a row that is not there: " + probe.row());
                }
                answers.add(new RecordedAnswer(row, probe.scores()));
            }
            return answers;
        }
    }
}
