package io.leeway.core.bandit.expert;

import io.leeway.core.bandit.Memento;
import io.leeway.core.model.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A network of one hidden layer, trained at every feedback on a small batch of it and of remembered ones. Predicts by the
 * running average of its weights. Deterministic given the seed, not thread-safe; memory is bounded by {@link Memory}.
 *
 * <p>Head {@link Head#ONE_WINNER}: softmax p over the arms, loss -log p_a for a success of arm a and -log(1 - p_a) for a
 * failure. Head {@link Head#MEANS}: squared error of the arm's output. With both heads, each counts, and forms the features
 * they share, by how small its progressive error was of late.
 *
 * @see "Riquelme, Tucker and Snoek, Deep Bayesian Bandits Showdown, 2018, on replay and what networks need as bandits"
 */
public final class NetworkExpert implements Expert {
    private static final int BATCH = 16;
    private static final int WARM_UP_STEPS = 50;
    /** Feedbacks after which the learning rate begins to fall with the square root of their number. */
    private static final double SLOWDOWN = 5_000;

    private static final float AVERAGING = 0.01f;
    private static final float AVERAGED_STEPS = 10;
    /** Standard deviations beyond which a column says no more. */
    private static final float MAXIMUM_COLUMN = 8;

    /** Share of a batch drawn from the latest feedbacks, evenly on a scale of the logarithm of their age. */
    private static final int RECENT = BATCH / 4;

    private final int hidden;
    private final double rate;
    private final NetworkHead[] heads;
    private final SplittableRandom random;
    private final Layer first = new Layer();

    private final float[] features;
    private final float[] featureDeltas;
    private float[] input = {};
    private final HeadErrors errors;
    private int arms;
    private Memory memory;
    private long steps;

    /**
     * A network with both heads on the same features, weighed by how well they predict.
     *
     * @param hidden units, at least 1
     * @param rate learning rate of Adam, in (0, 1)
     */
    public NetworkExpert(int hidden, double rate, long seed) {
        this(hidden, rate, seed, Head.values());
    }

    /** A network with one head. */
    public NetworkExpert(int hidden, double rate, Head head, long seed) {
        this(hidden, rate, seed, head);
    }

    private NetworkExpert(int hidden, double rate, long seed, Head... heads) {
        if (hidden < 1) {
            throw new IllegalArgumentException("must be >= 1: hidden=" + hidden);
        }
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("must be in (0, 1): rate=" + rate);
        }
        this.hidden = hidden;
        this.rate = rate;
        this.random = new SplittableRandom(seed);
        this.features = new float[hidden];
        this.featureDeltas = new float[hidden];
        this.heads = Arrays.stream(heads).map(NetworkHead::new).toArray(NetworkHead[]::new);
        this.errors = new HeadErrors(heads.length);
    }

    @Override
    public void predict(double[] columns, double[] rewards) {
        grow(columns.length, rewards.length);
        Memory.toFloats(columns, input);
        Arrays.fill(input, columns.length, input.length, 0);
        forward(true);
        Arrays.fill(rewards, 0);
        for (int h = 0; h < heads.length; h++) {
            if (errors.share(h) > 0) {
                float[] predicted = heads[h].predict(features);
                for (int a = 0; a < rewards.length; a++) {
                    rewards[a] += errors.share(h) * predicted[a];
                }
            }
        }
    }

    @Override
    public void learn(double[] columns, int arm, double reward, double probability) {
        grow(columns.length, arm + 1);
        if (memory == null) {
            memory = new Memory(columns.length);
        }
        int place = memory.add(columns, arm, reward);
        judge(place);
        train(place);
    }

    /**
     * Writes what the hidden layer makes of a row: as many features as there are hidden units, none negative.
     *
     * @param start where the first one goes
     */
    public void features(double[] columns, double[] into, int start) {
        grow(columns.length, arms);
        Memory.toFloats(columns, input);
        Arrays.fill(input, columns.length, input.length, 0);
        forward(true);
        for (int h = 0; h < hidden; h++) {
            into[start + h] = features[h];
        }
    }

    private void judge(int place) {
        forward(place, true);
        errors.begin();
        for (int h = 0; h < heads.length; h++) {
            float[] predicted = heads[h].predict(features);
            errors.add(h, predicted[memory.arm(place)] - memory.reward(place));
        }
        errors.end();
    }

    @Override
    public void refit(Replay replay) {
        grow(replay.width(), replay.arms());
        memory = Memory.of(replay);
    }

    private void train(int latest) {
        int examples = Math.min(memory.size(), BATCH);
        addGradient(latest);
        for (int i = 1; i < examples; i++) {
            addGradient(i <= RECENT ? recent() : random.nextInt(memory.size()));
        }
        steps++;
        double warmth = Math.min(1, steps / (double) WARM_UP_STEPS);
        float now = (float) (rate * warmth / Math.sqrt(1 + steps / SLOWDOWN));
        float correction = Parameters.correction(steps);
        float averaging = Math.min(1, Math.max(AVERAGING, AVERAGED_STEPS / (1 + steps)));
        first.step(now, examples, correction, averaging);
        for (NetworkHead head : heads) {
            head.layer.step(now, examples, correction, averaging);
        }
    }

    private int recent() {
        return memory.place((int) Math.pow(memory.size(), random.nextDouble()) - 1);
    }

    private void addGradient(int place) {
        forward(place, false);
        Arrays.fill(featureDeltas, 0);
        for (int h = 0; h < heads.length; h++) {
            heads[h].addGradients(features, memory.arm(place), memory.reward(place), featureDeltas, errors.share(h));
        }
        first.backward(input, featureDeltas);
    }

    private void forward(int place, boolean averaged) {
        float[] row = memory.row(place);
        System.arraycopy(row, 0, input, 0, row.length);
        Arrays.fill(input, row.length, input.length, 0);
        forward(averaged);
    }

    private void forward(boolean averaged) {
        for (int j = 0; j < input.length; j++) {
            input[j] = Math.min(MAXIMUM_COLUMN, Math.max(-MAXIMUM_COLUMN, input[j]));
        }
        first.forward(input, features, averaged);
        for (int h = 0; h < hidden; h++) {
            features[h] = Math.max(0, features[h]);
        }
    }

    private void grow(int width, int newArms) {
        int inputs = Math.max(width, first.inputs());
        if (inputs > first.inputs()) {
            float[] initial = new float[inputs * hidden];
            double deviation = Math.sqrt(2.0 / inputs);
            for (int i = first.inputs() * hidden; i < initial.length; i++) {
                initial[i] = (float) (deviation * random.nextGaussian());
            }
            first.grow(inputs, hidden, initial);
            input = new float[inputs];
        }
        arms = Math.max(arms, newArms);
        for (NetworkHead head : heads) {
            head.grow(hidden, arms);
        }
    }

    @Override
    public PartExport export(int served) {
        grow(first.inputs(), served);
        List<Tensor> tensors = new ArrayList<>();
        tensors.add(Tensor.of("weight", first.averagedWeights(), first.inputs(), hidden));
        // Without columns the layer has not been made yet, and gives nothing.
        float[] biases = first.inputs() == 0 ? new float[hidden] : first.averagedBiases();
        tensors.add(Tensor.of("bias", biases, hidden));
        List<Object> shapes = new ArrayList<>();
        for (int h = 0; h < heads.length; h++) {
            if (errors.share(h) > 0) {
                Layer layer = heads[h].layer;
                String prefix = "head" + shapes.size() + ".";
                tensors.add(Tensor.of(prefix + "weight", layer.averagedWeights(), hidden, layer.outputs()));
                tensors.add(Tensor.of(prefix + "bias", layer.averagedBiases(), layer.outputs()));
                shapes.add(Map.of("winner", heads[h].expectsOneWinner(), "share", (double) errors.share(h)));
            }
        }
        return new PartExport("network", Map.of("hidden", (long) hidden, "heads", shapes), tensors);
    }

    @Override
    public void exchange(Memento state) {
        state.mark("network-expert");
        first.exchange(state);
        for (NetworkHead head : heads) {
            head.exchange(state);
        }
        errors.exchange(state);
        arms = state.whole(arms);
        steps = state.count(steps);
        input = state.reads() ? new float[first.inputs()] : input;
    }
}
