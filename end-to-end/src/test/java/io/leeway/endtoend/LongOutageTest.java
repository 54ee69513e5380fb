package io.leeway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leeway.stack.Broker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The broker is away for long under a steady load: nothing is refused, lost or doubled. On demand, because it takes its time:
 * {@code mvn verify -pl end-to-end -am -Dleeway.outage=PT10M}.
 */
class LongOutageTest {
    private static final int PER_SECOND = 1000;
    private static final int CALLERS = 8;
    private static final String FEATURES = IntStream.range(0, 10)
            .mapToObj(i -> "\"f" + i + "\":" + i + ".5")
            .collect(Collectors.joining(",", "{", "}"));
    /** About a kilobyte: ten actions of ten features. */
    private static final String BODY = IntStream.range(0, 10)
            .mapToObj(i -> "{\"id\":\"action-" + i + "\",\"features\":" + FEATURES + "}")
            .collect(Collectors.joining(",", "\"context\":{\"x\":1},\"actions\":[", "]"));

    private final AtomicLong refused = new AtomicLong();

    @Test
    @EnabledIfSystemProperty(
            named = "leeway.outage",
            matches = "PT.+",
            disabledReason = "on demand: -Dleeway.outage=PT10M")
    void nothingIsRefusedLostOrDoubledWhileTheBrokerIsAway() throws Exception {
        Duration outage = Duration.parse(System.getProperty("leeway.outage"));
        try (LoggedDecisions decisions = LoggedDecisions.start("outage")) {
            await().until(() -> decisions.ask("first", BODY));
            decisions.stack().stop(Broker.NAME);
            long begin = System.nanoTime();
            List<Thread> callers = IntStream.range(0, CALLERS)
                    .mapToObj(i -> new Thread(() -> call(decisions, i, begin, outage)))
                    .toList();
            callers.forEach(Thread::start);
            for (Thread caller : callers) {
                caller.join();
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(
                    "broker away for %.0f s: %d decisions answered, %.0f a second; refused %d%n",
                    seconds, decisions.answered(), decisions.answered() / seconds, refused.get());
            assertThat(refused).hasValue(0);
            decisions.stack().start(Broker.NAME);
            Duration patience = Duration.ofMinutes(5).plus(outage.multipliedBy(2));
            await().atMost(patience).until(() -> decisions.isUp(Broker.NAME) && decisions.backlogIsShipped());
            decisions.report(patience);
        }
    }

    /** Asks at its share of the rate; who has fallen behind does not pause. */
    private void call(LoggedDecisions decisions, int caller, long begin, Duration outage) {
        long nanosPerCall = CALLERS * 1_000_000_000L / PER_SECOND;
        for (long i = 0; i * nanosPerCall < outage.toNanos(); i++) {
            LockSupport.parkNanos(begin + i * nanosPerCall - System.nanoTime());
            if (!decisions.ask("outage-" + caller + "-" + i, BODY)) {
                refused.incrementAndGet();
            }
        }
    }
}
