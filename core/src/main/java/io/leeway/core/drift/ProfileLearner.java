package io.leeway.core.drift;

import io.leeway.core.features.LeafVisitor;
import io.leeway.core.features.Leaves;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learns a {@link Profile} from rows. Numbers are sampled bottom-k by a hash of the event id, so that the sample does not depend
 * on the order of the rows, nor on how they were spread over instances. Memory is bounded per path. Not thread-safe.
 *
 * @see "Cohen and Kaplan, Summarizing data using bottom-k sketches, PODC 2007"
 */
public final class ProfileLearner {
    /** Values kept per path while learning. */
    public static final int SAMPLE_SIZE = 8192;

    /** Quantiles kept per path in the profile. */
    public static final int QUANTILES = 512;

    /** Words kept per path in the profile. */
    public static final int CATEGORIES = 500;

    static final int MAXIMUM_PATHS = 2_000;

    private final TreeMap<String, InputLearner> inputs = new TreeMap<>();
    private final int sampleSize;
    private final int quantiles;
    private final InputLearner predictions;
    private final InputLearner rewards;
    private final InputLearner actions;
    private long rows;

    public ProfileLearner() {
        this(SAMPLE_SIZE, QUANTILES);
    }

    /** For profiles of which there are many. @param quantiles kept per path, at most {@code sampleSize} */
    ProfileLearner(int sampleSize, int quantiles) {
        this.sampleSize = sampleSize;
        this.quantiles = quantiles;
        this.predictions = empty();
        this.rewards = empty();
        this.actions = empty();
    }

    private InputLearner empty() {
        return new InputLearner(sampleSize, quantiles);
    }

    /** Takes in the context of one decision. */
    public void observe(String eventId, Map<String, ?> context) {
        rows++;
        long priority = priority(eventId);
        Leaves.walk(context, new Visitor(priority));
    }

    /** Takes in a predicted value, or the score of the chosen action. */
    public void observePrediction(String eventId, double value) {
        predictions.number(value, priority(eventId), predictions.rowsSeen() + 1);
    }

    public void observeReward(String eventId, double value) {
        rewards.number(value, priority(eventId), rewards.rowsSeen() + 1);
    }

    /** Takes in the id of the chosen action. */
    public void observeAction(String actionId) {
        actions.word(actionId, actions.rowsSeen() + 1);
    }

    /**
     * Takes in all that another learner saw, of other events: however events were spread over learners, and in whatever order these
     * are merged, counts and samples are those of one learner that saw them all.
     */
    public void merge(ProfileLearner other) {
        rows += other.rows;
        other.inputs.forEach((path, input) -> {
            InputLearner own = inputs.get(path);
            if (own == null && inputs.size() < MAXIMUM_PATHS) {
                own = empty();
                inputs.put(path, own);
            }
            if (own != null) {
                own.merge(input);
            }
        });
        predictions.merge(other.predictions);
        rewards.merge(other.rewards);
        actions.merge(other.actions);
    }

    /** Contexts observed. */
    public long rows() {
        return rows;
    }

    /** The profile of what was observed so far. */
    public Profile profile() {
        TreeMap<String, InputProfile> byPath = new TreeMap<>();
        inputs.forEach((path, input) -> byPath.put(path, input.profile(rows)));
        return new Profile(
                rows,
                byPath,
                predictions.profile(predictions.rowsSeen()),
                rewards.profile(rewards.rowsSeen()),
                actions.profile(actions.rowsSeen()));
    }

    /** 64-bit FNV-1a with MurmurHash3's finaliser: ids that differ in one digit get unrelated priorities. */
    static long priority(String eventId) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < eventId.length(); i++) {
            hash = (hash ^ eventId.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    private final class Visitor implements LeafVisitor {
        private final long priority;

        private Visitor(long priority) {
            this.priority = priority;
        }

        @Override
        public void number(String path, double value) {
            InputLearner input = at(path);
            if (input != null) {
                input.number(value, priority, rows);
            }
        }

        @Override
        public void text(String path, String value) {
            InputLearner input = at(path);
            if (input != null) {
                input.word(value, rows);
            }
        }

        @Override
        public void flag(String path, boolean value) {
            text(path, Boolean.toString(value));
        }

        @Override
        public void missing(String path) {
            // Makes the path known, so that an input that is always null shows as missing.
            at(path);
        }

        private InputLearner at(String path) {
            InputLearner input = inputs.get(path);
            if (input == null && inputs.size() < MAXIMUM_PATHS) {
                input = empty();
                inputs.put(path, input);
            }
            return input;
        }
    }
}
