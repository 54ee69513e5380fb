package io.leeway.training.dl4j;

import io.leeway.core.model.Tensor;
import io.leeway.training.learning.NetworkEngine;
import io.leeway.training.learning.PlainEngine;
import java.util.List;
import java.util.Map;

/**
 * DL4J, but plain Java for networks that are so small that most of DL4J's time for a minibatch would be what each minibatch costs, however
 * little there is to do. Both give the same tensors up to rounding; which one it was is in the provenance. Not thread safe.
 */
final class EngineBySize implements NetworkEngine.Maker {
    /** Multiplications for a row; between a network for which plain Java was faster (6,000) and one for which DL4J should be. */
    static final long MOST_PLAIN = 20_000;

    private NetworkEngine.Maker chosen;

    @Override
    public NetworkEngine make(NetworkEngine.Shape shape, List<Tensor> initial) {
        chosen = multiplications(initial) <= MOST_PLAIN ? PlainEngine.maker() : Dl4jEngine.maker();
        return chosen.make(shape, initial);
    }

    private static long multiplications(List<Tensor> tensors) {
        return tensors.stream()
                .filter(tensor -> tensor.shape().size() == 2)
                .mapToLong(tensor -> tensor.data().size())
                .sum();
    }

    /** Of the network that was made last. */
    @Override
    public String backend() {
        return chosen == null ? "the engine that suits the network's size" : chosen.backend();
    }

    @Override
    public Map<String, String> libraryVersions() {
        return chosen == null ? Map.of() : chosen.libraryVersions();
    }
}
