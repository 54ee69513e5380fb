package io.leeway.simulator.dataset;

import io.leeway.core.bakeoff.RewardedStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Problems of the deep-bandit benchmark that can be made from files of UCI: a mushroom may be eaten or passed, the state of a
 * shuttle or the cover of a forest is to be named. Each trial draws its rows anew.
 *
 * @see "Riquelme, Tucker and Snoek, Deep Bayesian Bandits Showdown, ICLR 2018"
 */
public enum DeepBandits {
    MUSHROOM("mushroom", "uci-mushroom/agaricus-lepiota.data.gz", ",") {
        @Override
        public Source open(Path file, boolean standardise) {
            Dataset mushrooms = DatasetFile.readHeaderless(file, delimiter(), column -> true);
            return (steps, seed) -> new MushroomStream(mushrooms, steps, new SplittableRandom(seed));
        }
    },
    STATLOG("statlog", "uci-statlog-shuttle/shuttle.trn.gz", " ") {
        @Override
        public Source open(Path file, boolean standardise) {
            return classes(file, standardise, "c10");
        }
    },
    COVERTYPE("covertype", "uci-covertype-20k/covtype.20k.data.gz", ",") {
        @Override
        public Source open(Path file, boolean standardise) {
            return classes(file, standardise, "c55");
        }
    };

    private final String title;
    private final String file;
    private final String delimiter;

    DeepBandits(String title, String file, String delimiter) {
        this.title = title;
        this.file = file;
        this.delimiter = delimiter;
    }

    /** Draws the streams of a problem. */
    public interface Source {
        /** A stream of this many steps, or of all rows where there are fewer and none is drawn twice. */
        RewardedStream draw(int steps, long seed);
    }

    /**
     * Reads the problem's data.
     *
     * @param standardise numbers over the rows drawn, as published; a look ahead
     */
    public abstract Source open(Path file, boolean standardise);

    public String title() {
        return title;
    }

    /** Where the data are, under the folder of all data. */
    public String file() {
        return file;
    }

    String delimiter() {
        return delimiter;
    }

    Source classes(Path path, boolean standardise, String label) {
        Dataset dataset = DatasetFile.readHeaderless(path, delimiter, label::equals);
        return (steps, seed) -> {
            Dataset drawn = dataset.select(sample(dataset.rows(), steps, new SplittableRandom(seed)));
            Dataset scaled = standardise
                    ? drawn.mapped(column -> column instanceof Column.Numbers numbers ? numbers.standardised() : column)
                    : drawn;
            return DatasetStream.of(scaled, Outcomes.label(scaled, label), List.of());
        };
    }

    /** Rows drawn without putting back. */
    private static int[] sample(int rows, int wanted, SplittableRandom random) {
        int[] all = new int[rows];
        for (int i = 0; i < rows; i++) {
            all[i] = i;
        }
        int size = Math.min(rows, wanted);
        for (int i = 0; i < size; i++) {
            int j = i + random.nextInt(rows - i);
            int swapped = all[i];
            all[i] = all[j];
            all[j] = swapped;
        }
        return Arrays.copyOf(all, size);
    }
}
