package io.leeway.training.dl4j;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A graphics processor as NVIDIA's driver names it.
 *
 * @param capability its compute capability times ten, such as 86
 */
record CudaDevice(String name, int capability) {
    /** Native code in nd4j-cuda-11.6 is for these; without PTX a newer generation cannot compile it for itself. */
    private static final int LEAST = 37;

    private static final int MOST = 89;
    private static final String SUPPORTED =
            "nd4j-cuda-11.6 has code for compute capability 3.7 to 8.9 (Kepler K80, Maxwell, Pascal, Volta, Turing,"
                    + " Ampere, Ada)";

    boolean supported() {
        return capability >= LEAST && capability <= MOST;
    }

    /** Such as {@code NVIDIA A10G (compute capability 8.6)}. */
    String words() {
        return name + " (compute capability " + capability / 10 + "." + capability % 10 + ")";
    }

    /**
     * The first device, which is the one that ND4J takes.
     *
     * @throws IllegalStateException in words, if it cannot be used
     */
    static CudaDevice require(List<CudaDevice> devices) {
        if (devices.isEmpty()) {
            throw new IllegalStateException("no graphics processor is there: NVIDIA's driver names none; " + SUPPORTED
                    + "; the build without -Pgpu trains on the processor");
        }
        CudaDevice first = devices.get(0);
        if (!first.supported()) {
            throw new IllegalStateException("must be a supported graphics processor: " + first.words() + "; "
                    + SUPPORTED + "; the build without -Pgpu trains on the processor");
        }
        return first;
    }

    /** Lines of {@code nvidia-smi --query-gpu=name,compute_cap --format=csv,noheader}. */
    static List<CudaDevice> parse(String lines) {
        return Arrays.stream(lines.split("\n"))
                .map(line -> line.split(","))
                .filter(cells -> cells.length == 2 && cells[1].trim().matches("\\d+\\.\\d"))
                .map(cells -> new CudaDevice(
                        cells[0].trim(), Integer.parseInt(cells[1].trim().replace(".", ""))))
                .toList();
    }

    /** What the driver names; empty without a driver. Asked before ND4J loads, which fails in its own words. */
    static List<CudaDevice> present() {
        try {
            Process child = new ProcessBuilder("nvidia-smi", "--query-gpu=name,compute_cap", "--format=csv,noheader")
                    .redirectErrorStream(true)
                    .start();
            String lines = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return child.waitFor(10, TimeUnit.SECONDS) && child.exitValue() == 0 ? parse(lines) : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
