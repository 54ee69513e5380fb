package io.leeway.cli.demo;

import io.leeway.cli.CommandException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for something to come about, asking now and then. */
final class Patience {
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private Patience() {}

    /** @throws CommandException naming {@code what}, if it has not come about within {@code atMost} */
    static <T> T until(String what, Duration atMost, Supplier<Optional<T>> question) throws InterruptedException {
        Instant deadline = Instant.now().plus(atMost);
        while (true) {
            Optional<T> answer = question.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (Instant.now().isAfter(deadline)) {
                throw new CommandException("the loop did not close: waited " + atMost.toSeconds() + " s for " + what);
            }
            TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
        }
    }
}
