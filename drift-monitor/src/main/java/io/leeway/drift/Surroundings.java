package io.leeway.drift;

import io.leeway.contracts.Loop;
import java.util.Optional;

/** What is known of loops and models apart from the streams that are watched. */
public interface Surroundings {
    /** Returns once both have been read as far as they went when the service started; interrupted waiting throws. */
    void await();

    Optional<Loop> loop(String name);

    /** The model whose decisions count: the pinned one of a frozen loop, else the champion. */
    ServingModel serving(Loop loop);
}
