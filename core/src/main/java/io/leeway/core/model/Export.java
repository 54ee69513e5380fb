package io.leeway.core.model;

import java.util.List;

/** What of a learner is served: a layout and the tensors that go with it. */
public record Export(HashedLayout layout, List<Tensor> tensors) {
    public Export {
        tensors = List.copyOf(tensors);
    }
}
