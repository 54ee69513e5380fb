package io.leeway.stack.testing;

import io.leeway.stack.Database;
import io.leeway.stack.TopicSetup;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Broker and database from the official images; Testcontainers removes them after the run. */
final class ContainerBackend implements LocalStack.Backend {
    private static final String KAFKA_IMAGE = "apache/kafka:4.3.1";
    private static final String POSTGRES_IMAGE = "postgres:18";

    @Override
    public String startBroker() {
        KafkaContainer kafka = new KafkaContainer(KAFKA_IMAGE)
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_MESSAGE_MAX_BYTES", Integer.toString(TopicSetup.DEAD_LETTER_BYTES));
        kafka.start();
        TopicSetup.create(kafka.getBootstrapServers());
        return kafka.getBootstrapServers();
    }

    @Override
    public String startDatabase() {
        PostgreSQLContainer postgres = new PostgreSQLContainer(POSTGRES_IMAGE)
                .withDatabaseName(Database.DATABASE)
                .withUsername(Database.USER)
                .withPassword(Database.PASSWORD);
        postgres.start();
        return postgres.getJdbcUrl();
    }
}
