package io.leeway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leeway.stack.Broker;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A predictor and its broker are killed under load: what was answered is in the log, and once in what is learned from. */
class KilledPredictorTest {
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final int CALLERS = 4;

    private volatile boolean calling = true;

    @Test
    void nothingAnsweredIsLostOrCountedTwiceAndTheSameVersionComesBack() throws Exception {
        try (LoggedDecisions decisions = LoggedDecisions.start("killed")) {
            String served = rollBackToTheFirst(decisions);
            List<Thread> callers = IntStream.range(0, CALLERS)
                    .mapToObj(i -> new Thread(() -> call(decisions, "caller-" + i)))
                    .toList();
            callers.forEach(Thread::start);
            killAndAwaitAnswers(decisions);
            assertThat(decisions.served()).isEqualTo(served);
            decisions.stack().kill(Broker.NAME);
            awaitMoreAnswers(decisions, 300);
            killAndAwaitAnswers(decisions);
            calling = false;
            for (Thread caller : callers) {
                caller.join();
            }
            await().atMost(LONG).until(() -> decisions.isUp(Broker.NAME) && decisions.backlogIsShipped());
            assertThat(decisions.served()).isEqualTo(served);
            decisions.report(LONG);
        }
    }

    private static String rollBackToTheFirst(LoggedDecisions decisions) throws Exception {
        decisions.publish(1, "a");
        await().atMost(LONG).until(() -> decisions.served().startsWith("1 "));
        String first = decisions.served();
        decisions.publish(2, "b");
        await().atMost(LONG).until(() -> decisions.served().startsWith("2 "));
        decisions.publish(1, "a");
        await().atMost(LONG).until(() -> decisions.served().equals(first));
        return first;
    }

    private static void killAndAwaitAnswers(LoggedDecisions decisions) {
        awaitMoreAnswers(decisions, 300);
        decisions.stack().kill(LoggedDecisions.PREDICTOR);
        awaitMoreAnswers(decisions, 300);
    }

    private static void awaitMoreAnswers(LoggedDecisions decisions, int more) {
        int before = decisions.answered();
        await().atMost(LONG).until(() -> decisions.answered() >= before + more);
    }

    /** Asks with ids of its own; an id that was not answered is asked again, as a careful caller does. */
    private void call(LoggedDecisions decisions, String name) {
        for (int i = 0; calling; ) {
            if (decisions.ask(name + "-" + i, "\"context\":{\"x\":" + i % 7 + "}")) {
                i++;
            }
        }
    }
}
