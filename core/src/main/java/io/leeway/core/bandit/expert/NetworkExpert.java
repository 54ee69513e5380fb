package io.leeway.core.bandit.expert;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A network of one hidden layer, trained at every feedback on a small batch of it and of remembered ones. Predicts by the
 * running average of its weights. Deterministic given the seed, not thread-safe; memory is bounded by {@link Memory}.
 *
 * <p>Head {@link Head#ONE_WINNER}: softmax p over the arms, loss -log p_a for a success of arm a and -log(1 - p_a) for a
 * failure. Head {@link Head#MEANS}: squared error of the arm's output.
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

    private static final float ALMOST_ONE = 0.9999f;

    private final int hidden;
    private final double rate;
    private final Head head;
    private final SplittableRandom random;
    private final Layer first = new Layer();
    private final Layer second = new Layer();
    private final float[] features;
    private final float[] featureDeltas;
    private float[] input = {};
    private float[] output = {};
    private float[] outputDeltas = {};
    private Memory memory;
    private long steps;

    /**
     * @param hidden units, at least 1
     * @param rate learning rate of Adam, greater than 0
     */
    public NetworkExpert(int hidden, double rate, Head head, long seed) {
        if (hidden < 1) {
            throw new IllegalArgumentException("must be >= 1: hidden=" + hidden);
        }
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("must be in (0, 1): rate=" + rate);
        }
        this.hidden = hidden;
        this.rate = rate;
        this.head = head;
        this.random = new SplittableRandom(seed);
        this.features = new float[hidden];
        this.featureDeltas = new float[hidden];
    }

    @Override
    public void predict(double[] columns, double[] rewards) {
        grow(columns.length, rewards.length);
        Memory.toFloats(columns, input);
        Arrays.fill(input, columns.length, input.length, 0);
        forward(true);
        for (int a = 0; a < rewards.length; a++) {
            rewards[a] = output[a];
        }
    }

    @Override
    public void learn(double[] columns, int arm, double reward, double probability) {
        grow(columns.length, arm + 1);
        if (memory == null) {
            memory = new Memory(columns.length);
        }
        train(memory.add(columns, arm, reward));
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
            addGradient(random.nextInt(memory.size()));
        }
        steps++;
        double warmth = Math.min(1, steps / (double) WARM_UP_STEPS);
        float now = (float) (rate * warmth / Math.sqrt(1 + steps / SLOWDOWN));
        float correction = Parameters.correction(steps);
        float averaging = Math.min(1, Math.max(AVERAGING, AVERAGED_STEPS / (1 + steps)));
        first.step(now, examples, correction, averaging);
        second.step(now, examples, correction, averaging);
    }

    private void addGradient(int place) {
        float[] row = memory.row(place);
        System.arraycopy(row, 0, input, 0, row.length);
        Arrays.fill(input, row.length, input.length, 0);
        forward(false);
        outputDeltas(memory.arm(place), memory.reward(place));
        second.backward(features, outputDeltas);
        second.inputDelta(features, outputDeltas, featureDeltas);
        first.backward(input, featureDeltas);
    }

    private void outputDeltas(int arm, float reward) {
        if (head == Head.MEANS) {
            Arrays.fill(outputDeltas, 0);
            outputDeltas[arm] = output[arm] - reward;
            return;
        }
        float success = Math.min(1, Math.max(0, reward));
        float p = Math.min(output[arm], ALMOST_ONE);
        float pull = success - (1 - success) * p / (1 - p);
        for (int a = 0; a < outputDeltas.length; a++) {
            outputDeltas[a] = pull * output[a];
        }
        outputDeltas[arm] -= pull;
    }

    private void forward(boolean averaged) {
        for (int j = 0; j < input.length; j++) {
            input[j] = Math.min(MAXIMUM_COLUMN, Math.max(-MAXIMUM_COLUMN, input[j]));
        }
        first.forward(input, features, averaged);
        for (int h = 0; h < hidden; h++) {
            features[h] = Math.max(0, features[h]);
        }
        second.forward(features, output, averaged);
        if (head == Head.ONE_WINNER) {
            softmax(output);
        }
    }

    private static void softmax(float[] values) {
        float highest = values[0];
        for (float value : values) {
            highest = Math.max(highest, value);
        }
        float sum = 0;
        for (int a = 0; a < values.length; a++) {
            values[a] = (float) Math.exp(values[a] - highest);
            sum += values[a];
        }
        for (int a = 0; a < values.length; a++) {
            values[a] /= sum;
        }
    }

    private void grow(int width, int arms) {
        int inputs = Math.max(width, first.inputs());
        int outputs = Math.max(arms, second.outputs());
        if (inputs > first.inputs()) {
            float[] initial = new float[inputs * hidden];
            double deviation = Math.sqrt(2.0 / inputs);
            for (int i = first.inputs() * hidden; i < initial.length; i++) {
                initial[i] = (float) (deviation * random.nextGaussian());
            }
            first.grow(inputs, hidden, initial);
            input = new float[inputs];
        }
        if (outputs > second.outputs()) {
            // Zeros: before anything is learnt, no arm looks better than another.
            second.grow(hidden, outputs, new float[hidden * outputs]);
            output = new float[outputs];
            outputDeltas = new float[outputs];
        }
    }
}
