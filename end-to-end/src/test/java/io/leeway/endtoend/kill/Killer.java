package io.leeway.endtoend.kill;

import static org.awaitility.Awaitility.await;

import io.leeway.stack.Broker;
import io.leeway.stack.Database;
import io.leeway.stack.PartState;
import io.leeway.stack.PartState.Condition;
import io.leeway.stack.Service;
import io.leeway.stack.Supervisor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Kills a process ({@code kill -9}) every few seconds, often another one while it comes back; and early on both loggers while the database
 * is away, when whatever they have read is nowhere but on Kafka. Not thread safe.
 */
final class Killer {
    private static final String LOGGER = Service.FEEDBACK.moduleName();
    private static final List<String> LOGGERS = List.of(LOGGER, LOGGER + "-2");
    private static final List<String> VICTIMS = List.of(LOGGER, Broker.NAME, Database.NAME, LOGGER + "-2");

    private final Supervisor stack;
    private final SplittableRandom random;
    private final List<String> killed = new ArrayList<>();

    Killer(Supervisor stack, long seed) {
        this.stack = stack;
        this.random = new SplittableRandom(seed);
    }

    void run(Duration time) {
        Instant end = Instant.now().plus(time);
        for (int round = 0; Instant.now().isBefore(end); round++) {
            pause(3000, 7000);
            if (round == 1) {
                killLoggersWithoutDatabase();
            } else {
                kill(VICTIMS.get(random.nextInt(VICTIMS.size())));
                if (random.nextInt(3) == 0) {
                    pause(500, 3000);
                    kill(VICTIMS.get(random.nextInt(VICTIMS.size())));
                }
            }
        }
    }

    /** Processes that were alive when they were killed, in order. */
    List<String> killed() {
        return killed;
    }

    private void killLoggersWithoutDatabase() {
        await().atMost(Duration.ofMinutes(2)).until(() -> LOGGERS.stream().allMatch(this::up) && up(Database.NAME));
        // So that they are at work again.
        pause(2000, 3000);
        kill(Database.NAME);
        pause(300, 600);
        LOGGERS.forEach(this::kill);
    }

    private boolean up(String name) {
        return part(name).condition() == Condition.UP;
    }

    private PartState part(String name) {
        return stack.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void kill(String name) {
        var process = part(name).process();
        if (process != null && process.alive()) {
            stack.kill(name);
            killed.add(name);
        }
    }

    private void pause(int fromMillis, int toMillis) {
        long millis = random.nextInt(fromMillis, toMillis);
        await().pollDelay(Duration.ofMillis(millis))
                .atMost(Duration.ofMillis(millis + 60_000))
                .until(() -> true);
    }
}
