package io.leeway.stack;

import java.time.Duration;

/** Creates the topics of a broker that somebody else runs, and ends: for a container that runs before the services. */
public final class TopicSetupMain {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private TopicSetupMain() {}

    /** Reads KAFKA_BOOTSTRAP_SERVERS and, if there, LEEWAY_PARTITIONS and {@link TopicSetup#RECORD_RETENTION}. */
    public static void main(String[] arguments) {
        String bootstrapServers = System.getenv().getOrDefault("KAFKA_BOOTSTRAP_SERVERS", "localhost:9092");
        int partitions = Integer.parseInt(
                System.getenv().getOrDefault("LEEWAY_PARTITIONS", Integer.toString(TopicSetup.DEFAULT_PARTITIONS)));
        Waiting.until(
                "topics created",
                PATIENCE,
                () -> created(bootstrapServers, partitions),
                () -> "bootstrapServers=" + bootstrapServers);
        System.out.println("topics are there: " + bootstrapServers);
    }

    private static boolean created(String bootstrapServers, int partitions) {
        try {
            TopicSetup.create(bootstrapServers, partitions);
            return true;
        } catch (StackException e) {
            System.err.println("waiting: " + e.getMessage());
            return false;
        }
    }
}
