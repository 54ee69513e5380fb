package io.leeway.core.bandit.auto;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Memento;
import io.leeway.core.bandit.expert.PartExport;
import io.leeway.core.drift.Adwin;
import io.leeway.core.features.Situation;
import io.leeway.core.features.SparseVector;
import io.leeway.core.json.Json;
import io.leeway.core.model.AutoLayout;
import io.leeway.core.model.Export;
import io.leeway.core.model.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Averages what members' experts predict and teaches them; begins anew with the latest feedbacks when errors rise. Members
 * that need more than an action's id join when there is more. Not thread-safe.
 *
 * @see "Bifet and Gavalda, Learning from time-changing data with adaptive windowing, SDM 2007"
 */
final class Combination {
    /** Posterior deviations added to the mean. */
    private static final double OPTIMISM = 0.1;
    /** Members learn anew each time that feedbacks have become more by this share; later, when all that are remembered are new. */
    private static final double GROWTH = 0.5;

    /** Experts are served until they have this share of the weights, */
    private static final double SERVED_SHARE = 0.9;
    /** as long as they fit into an artifact, */
    private static final long SERVED_BYTES = 7 << 20;
    /** and a decision about so many actions does not take longer than this, so that experts cost less than all else; the best one always is. */
    private static final double SERVED_MICROS = 6.5;

    private static final int SERVED_ACTIONS = 10;
    /** Confidence of the change detector. */
    private static final double FALSE_ALARMS = 1e-5;

    private final Executor beside;
    private final Feedbacks feedbacks = new Feedbacks();
    private final RewardScale scale = new RewardScale();
    private final Arms arms = new Arms();
    private final ArmsMember byArm = new ArmsMember();
    private final List<Member> members = new ArrayList<>(List.of(byArm));
    private final Noise noise = new Noise();
    private Adwin errors = new Adwin(FALSE_ALARMS);
    private Member posterior = byArm;
    private boolean joint;
    private boolean sparse;
    private Weights weights = new Weights(byArm.size());
    private int fresh;
    private int interval = 1;

    private Situation latest;
    /** Of the latest, those that have been predicted. */
    private int from;

    private int to;
    private int[] places = {};
    private double[][][] predictions = {};
    private double[] means = {};

    /** @param beside may run members' work at the same time: they share nothing that changes */
    Combination(Executor beside) {
        this.beside = beside;
    }

    /** The mean of every action plus a multiple of its posterior deviation, which is left out where it could not matter. */
    double[] optimisticScores(Situation situation) {
        predict(situation);
        double[] scores = means.clone();
        boolean[] visited = new boolean[scores.length];
        double best = Double.NEGATIVE_INFINITY;
        for (int visit = 0; visit < scores.length; visit++) {
            int action = highest(means, visited);
            visited[action] = true;
            double optimism = OPTIMISM * noise.deviation(places[action]);
            if (means[action] + optimism * posterior.largestDeviation(action, places[action]) >= best) {
                scores[action] = means[action] + optimism * posterior.deviation(action, places[action]);
                best = Math.max(best, scores[action]);
            }
        }
        return scores;
    }

    /** The predicted reward of an action, in the rewards' own units. */
    double meanReward(Situation situation, int action) {
        predict(situation, action);
        return scale.unscale(means[action]);
    }

    private static int highest(double[] values, boolean[] visited) {
        int highest = -1;
        for (int i = 0; i < values.length; i++) {
            if (!visited[i] && (highest < 0 || values[i] > values[highest])) {
                highest = i;
            }
        }
        return highest;
    }

    void learn(Situation situation, Choice choice, double reward) {
        int action = choice.action();
        if (situation != latest || action < from || action >= to) {
            predict(situation, action);
        }
        latest = null;
        double scaled = scale.scale(reward);
        boolean changed = judge(action, scaled);
        arms.claim(situation);
        int arm = arms.place(situation, action);
        noise.learn(arm, scaled - means[action]);
        feedbacks.add(new Feedback(
                situation.context(),
                situation.action(action),
                situation.actionId(action),
                arm,
                reward,
                choice.probability()));
        for (Member member : members) {
            member.learn(situation, action, arm, scaled, choice.probability());
        }
        fresh++;
        boolean joined = join(situation);
        if (changed) {
            feedbacks.keepLatest((int) Math.min(Integer.MAX_VALUE, errors.width()));
        }
        if (changed || joined || fresh >= interval) {
            refit(changed);
        }
    }

    /** Learns the weights; true when the errors rose. */
    private boolean judge(int action, double scaled) {
        double[] all = new double[weights.size()];
        int expert = 0;
        for (double[][] member : predictions) {
            for (double[] own : member) {
                all[expert++] = own[action];
            }
        }
        weights.learn(all, scaled);
        double error = means[action] - scaled;
        double before = errors.mean();
        return errors.add(Math.min(1, error * error)) && errors.mean() > before;
    }

    /** Takes in members for action features and for many features, once there are such; true when one came. */
    private boolean join(Situation situation) {
        int before = members.size();
        if (!joint && hasActionFeatures(situation)) {
            joint = true;
            posterior = new JointMember();
            members.add(posterior);
        }
        if (!sparse && (joint || byArm.hasMoreFeaturesThanColumns())) {
            sparse = true;
            members.add(new LinearMember());
        }
        if (members.size() == before) {
            return false;
        }
        weights = new Weights(members.stream().mapToInt(Member::size).sum());
        fresh = feedbacks.size();
        return true;
    }

    private static boolean hasActionFeatures(Situation situation) {
        for (int i = 0; i < situation.size(); i++) {
            SparseVector features = situation.action(i);
            if (features.size() > 0) {
                return true;
            }
        }
        return false;
    }

    private void refit(boolean changed) {
        scale.refresh(feedbacks);
        refitMembers(new Memory(feedbacks, scale, arms.count(), changed), fresh);
        if (changed) {
            weights.reset();
        }
        interval = feedbacks.isFull() ? feedbacks.size() : (int) Math.max(1, GROWTH * feedbacks.size());
        fresh = 0;
    }

    /** Predicts one action as {@link #predict(Situation)} does, without the others where they do not matter. */
    private void predict(Situation situation, int action) {
        predict(situation, action, action + 1);
        if (Double.isNaN(means[action])) {
            predict(situation);
        }
    }

    private void refitMembers(Memory memory, int latestFeedbacks) {
        List<CompletableFuture<Void>> others = members.stream()
                .skip(1)
                .map(member -> CompletableFuture.runAsync(() -> member.refit(memory, latestFeedbacks), beside))
                .toList();
        byArm.refit(memory, latestFeedbacks);
        others.forEach(CompletableFuture::join);
    }

    private void predict(Situation situation) {
        predict(situation, 0, situation.size());
        double sum = 0;
        int known = 0;
        for (double mean : means) {
            if (!Double.isNaN(mean)) {
                sum += mean;
                known++;
            }
        }
        for (int i = 0; i < means.length; i++) {
            // A new action starts at the mean of the others.
            means[i] = Double.isNaN(means[i]) ? (known == 0 ? 0 : sum / known) : means[i];
        }
    }

    /** Fills the means of some of the actions; NaN of those that no expert knows. */
    private void predict(Situation situation, int first, int end) {
        int count = situation.size();
        if (places.length < count || predictions.length != members.size()) {
            places = new int[count];
            predictions = members.stream()
                    .map(member -> new double[member.size()][count])
                    .toArray(double[][][]::new);
        }
        for (int i = first; i < end; i++) {
            places[i] = arms.place(situation, i);
        }
        for (int m = 0; m < members.size(); m++) {
            members.get(m).predict(situation, places, first, end, predictions[m]);
        }
        means = new double[count];
        for (int i = first; i < end; i++) {
            means[i] = mean(i);
        }
        latest = situation;
        from = first;
        to = end;
    }

    /** The weighted mean of the experts that know the action; NaN when none does. */
    private double mean(int action) {
        double sum = 0;
        double weight = 0;
        int expert = 0;
        for (double[][] member : predictions) {
            for (double[] own : member) {
                double prediction = own[action];
                if (!Double.isNaN(prediction)) {
                    sum += weights.weight(expert) * RewardScale.bound(prediction);
                    weight += weights.weight(expert);
                }
                expert++;
            }
        }
        return weight > 0 ? sum / weight : Double.NaN;
    }

    /** The predicted reward of every action, in the rewards' own units. */
    double[] meanRewards(Situation situation) {
        predict(situation);
        double[] rewards = means.clone();
        for (int i = 0; i < rewards.length; i++) {
            rewards[i] = scale.unscale(rewards[i]);
        }
        return rewards;
    }

    /** By how much each expert counts and how far it was off, by its name. */
    List<ExpertStanding> standings() {
        List<ExpertStanding> standings = new ArrayList<>();
        for (Member member : members) {
            for (String name : member.names()) {
                int expert = standings.size();
                standings.add(new ExpertStanding(
                        name, weights.weight(expert), weights.meanError(expert), weights.served(expert)));
            }
        }
        return standings;
    }

    /** To be served: the experts that are chosen for it, which are those that count from now on. */
    Export export() {
        choose();
        List<AutoLayout.View> views = new ArrayList<>();
        List<AutoLayout.Part> parts = new ArrayList<>();
        List<Tensor> tensors = new ArrayList<>();
        int expert = 0;
        for (Member member : members) {
            int view = -1;
            for (int own = 0; own < member.size(); own++, expert++) {
                if (!weights.served(expert)) {
                    continue;
                }
                if (view < 0 && member.view().isPresent()) {
                    view = views.size();
                    views.add(member.view().get());
                }
                PartExport part = member.export(own, arms.count());
                String prefix = "part" + parts.size() + ".";
                Map<String, List<Integer>> shapes = new LinkedHashMap<>();
                for (Tensor tensor : part.tensors()) {
                    shapes.put(prefix + tensor.name(), tensor.shape());
                    tensors.add(new Tensor(prefix + tensor.name(), tensor.shape(), tensor.data()));
                }
                parts.add(new AutoLayout.Part(part.kind(), view, weights.weight(expert), shapes, part.shape()));
            }
        }
        AutoLayout layout =
                new AutoLayout(arms.ids(), Arms.MAXIMUM, scale.lower(), scale.width(), Spread.REACH, views, parts);
        return new Export(layout, tensors);
    }

    /** Keeps the experts that count most, as far as they fit into what is served. */
    private void choose() {
        record Candidate(int expert, Member member, int own) {}
        List<Candidate> candidates = new ArrayList<>();
        for (Member member : members) {
            for (int own = 0; own < member.size(); own++) {
                candidates.add(new Candidate(candidates.size(), member, own));
            }
        }
        candidates.sort(Comparator.comparingDouble(candidate -> -weights.weightOfAll(candidate.expert)));
        boolean[] served = new boolean[candidates.size()];
        double share = 0;
        long bytes = 0;
        double micros = 0;
        for (Candidate candidate : candidates) {
            PartExport part = candidate.member.export(candidate.own, arms.count());
            double cost = part.micros(candidate.member == byArm ? 1 : SERVED_ACTIONS);
            boolean fits = bytes + part.bytes() <= SERVED_BYTES && micros + cost <= SERVED_MICROS;
            if (share == 0 || share < SERVED_SHARE && fits) {
                served[candidate.expert] = true;
                share += weights.weightOfAll(candidate.expert);
                bytes += part.bytes();
                micros += cost;
            }
        }
        weights.serve(served);
        latest = null;
    }

    void exchange(Memento state) {
        state.mark("auto");
        joint = state.flag(joint);
        sparse = state.flag(sparse);
        if (state.reads()) {
            if (joint) {
                posterior = new JointMember();
                members.add(posterior);
            }
            if (sparse) {
                members.add(new LinearMember());
            }
            weights = new Weights(members.stream().mapToInt(Member::size).sum());
        }
        feedbacks.exchange(state);
        scale.exchange(state);
        arms.exchange(state);
        noise.exchange(state);
        weights.exchange(state);
        fresh = state.whole(fresh);
        interval = state.whole(interval);
        members.forEach(member -> member.exchange(state));
        String json = state.text(Json.write(errors.toJson()));
        if (state.reads()) {
            errors = Adwin.fromJson(readMap(json));
            latest = null;
            restore();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> readMap(String json) {
        return (Map<String, ?>) Json.read(json);
    }

    /** What is remembered is learned anew, which is no reason to learn it anew earlier than before. */
    private void restore() {
        if (feedbacks.size() == 0) {
            return;
        }
        refitMembers(new Memory(feedbacks, scale, arms.count(), false), fresh);
    }
}
