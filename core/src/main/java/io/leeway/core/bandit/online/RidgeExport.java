package io.leeway.core.bandit.online;

import io.leeway.core.model.Export;
import io.leeway.core.model.HashedLayout.RidgeLayout;
import io.leeway.core.model.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Makes what is served of ridge regressions on the same rows. */
final class RidgeExport {
    /** Numbers of all posteriors together: 4 MiB of an artifact. */
    private static final long MOST_NUMBERS = 1 << 20;

    private final RawRows rows;
    private final RidgeOptions options;
    private final boolean posterior;
    private final RewardScale rewards;

    RidgeExport(RawRows rows, RidgeOptions options, boolean posterior, RewardScale rewards) {
        this.rows = rows;
        this.options = options;
        this.posterior = posterior;
        this.rewards = rewards;
    }

    /** @param ridges one per id, and one for whatever is new */
    Export of(List<String> ids, List<StandardRidge> ridges) {
        int width = rows.width();
        int count = ridges.size();
        int cells = width * (width + 1) / 2;
        boolean withFactor = posterior && (long) count * cells <= MOST_NUMBERS;
        float[] weights = new float[count * width];
        float[] means = new float[2 * count * width];
        float[] rates = new float[2 * count * width];
        float[] factors = new float[withFactor ? count * cells : 0];
        for (int r = 0; r < count; r++) {
            ridges.get(r).write(rows, weights, means, rates, r * width);
            if (withFactor) {
                ridges.get(r).writeFactor(rows, factors, r * cells);
            }
        }
        List<Tensor> tensors = new ArrayList<>(List.of(
                Tensor.of("weight", weights, count, width),
                Tensor.of("mean", means, count, width, 2),
                Tensor.of("rate", rates, count, width, 2)));
        if (withFactor) {
            tensors.add(Tensor.of("factor", factors, count, cells));
        }
        return new Export(
                new RidgeLayout(
                        ids,
                        Arrays.stream(rows.features()).boxed().toList(),
                        IntStream.range(1, width).mapToObj(rows::isNumber).toList(),
                        options.maximumColumns(),
                        ridges.get(0).limit(),
                        options.scaled() ? rewards.unit() : 1,
                        withFactor,
                        rewards.least(),
                        rewards.most()),
                tensors);
    }
}
