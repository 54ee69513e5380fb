package io.leeway.training;

import io.leeway.contracts.ExplorationSettings;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.RewardRange;
import io.leeway.contracts.rest.GateVerdict;
import io.leeway.core.bandit.Exploration;
import io.leeway.core.bandit.Policy;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.Scorers;
import io.leeway.training.gates.BanditQuality;
import io.leeway.training.gates.DataGate;
import io.leeway.training.gates.RegressionQuality;
import io.leeway.training.gates.ServingGate;
import io.leeway.training.learning.DatasetFile;
import io.leeway.training.learning.TrainingReport.Probe;
import io.leeway.training.learning.TrainingRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts a candidate through all gates; each has its say, whatever the others said. Thread safe. */
@ApplicationScoped
class Gates {
    private final TrainingConfig.GatesConfig config;

    Gates(TrainingConfig config) {
        this.config = config.gates();
    }

    List<GateVerdict> judge(Loop loop, Candidate candidate, Optional<Artifact> champion) {
        Reading reading = new Reading(loop, candidate);
        DatasetFile.read(candidate.data(), 0, Integer.MAX_VALUE, reading::add);
        GateVerdict data =
                reading.data.verdict(loop.settings().training().minimumFeedback(), config.effectiveSampleSize());
        GateVerdict quality = quality(loop, candidate, champion, reading);
        GateVerdict serving = new ServingGate()
                .judge(candidate.artifact().toBytes(), candidate.report().probes(), reading.probed);
        return List.of(data, quality, serving);
    }

    private GateVerdict quality(Loop loop, Candidate candidate, Optional<Artifact> champion, Reading reading) {
        double tolerance = loop.settings().training().tolerance();
        double mean = reading.trainMean();
        Scorer own = Scorers.of(candidate.artifact());
        Optional<Scorer> theirs = champion.map(Scorers::of);
        if (loop.kind() == LoopKind.REGRESSION) {
            return new RegressionQuality(tolerance, config.confidence()).judge(reading.held, own, theirs, mean);
        }
        return new BanditQuality(tolerance, config.confidence())
                .judge(reading.held, policy(loop, own), theirs.map(scorer -> policy(loop, scorer)), mean);
    }

    /** The policy that predictors make of a scorer under the loop's settings. */
    static Policy policy(Loop loop, Scorer scorer) {
        ExplorationSettings settings = loop.settings().exploration();
        Map<String, Double> parameters = new TreeMap<>(settings.parameters());
        if (settings.rule().equals("squareCb")) {
            // Gamma is set per unit of the reward range.
            RewardRange range = loop.settings().reward().range();
            parameters.put("scale", Math.min(range.max() - range.min(), Double.MAX_VALUE));
        }
        return new Policy(scorer, Exploration.of(settings.rule(), parameters), settings.floor());
    }

    /** What the gates need of a data set, in one reading. */
    private final class Reading {
        private final DataGate data;
        private final int holdoutFrom;
        private final Map<Integer, TrainingRow> probed = new HashMap<>();
        private final List<TrainingRow> held = new ArrayList<>();
        private final int keptFrom;
        private double trainSum;
        private int trainRows;

        private Reading(Loop loop, Candidate candidate) {
            data = new DataGate(loop.kind() == LoopKind.BANDIT);
            holdoutFrom = candidate.report().holdoutFrom();
            long rows =
                    candidate.artifact().description().provenance().dataset().rows();
            keptFrom = Math.toIntExact(Math.max(holdoutFrom, rows - config.rows()));
            for (Probe probe : candidate.report().probes()) {
                probed.put(probe.row(), null);
            }
        }

        private void add(TrainingRow row, int number) {
            data.add(row);
            if (probed.containsKey(number)) {
                probed.put(number, row);
            }
            if (number < holdoutFrom) {
                trainSum += row.reward();
                trainRows++;
            } else if (number >= keptFrom) {
                held.add(row);
            }
        }

        private double trainMean() {
            return trainRows == 0 ? 0 : trainSum / trainRows;
        }
    }
}
