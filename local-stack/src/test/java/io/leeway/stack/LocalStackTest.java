package io.leeway.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.contracts.Topics;
import io.leeway.stack.testing.LeewayTestResource;
import io.leeway.stack.testing.LocalStack;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class LocalStackTest {
    private static final int LARGEST_MODEL = 8 << 20;
    private static final int LARGEST_POISON = 10 << 20;

    @Test
    void givesTestsOneBrokerWithTopicsAndOneDatabase() throws Exception {
        LeewayTestResource resource = new LeewayTestResource();
        resource.init(Map.of());

        Map<String, String> settings = resource.start();

        assertThat(resource.start()).isEqualTo(settings);
        LocalStack stack = LocalStack.shared();
        assertThat(settings)
                .containsEntry("kafka.bootstrap.servers", stack.bootstrapServers())
                .containsEntry("quarkus.datasource.jdbc.url", stack.jdbcUrl());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()));
                var connection = stack.connect()) {
            assertThat(admin.listTopics().names().get()).contains(Topics.DECISIONS, Topics.MODELS);
            assertThat(connection.isValid(30)).isTrue();
        }
    }

    @Test
    void itsTopicsHoldTheLargestModelAndPartitionsOfEvents() throws Exception {
        LocalStack stack = LocalStack.sharedBroker();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            var topics = admin.describeTopics(admin.listTopics().names().get())
                    .allTopicNames()
                    .get();
            assertThat(topics.get(Topics.REWARDS).partitions()).hasSize(TopicSetup.DEFAULT_PARTITIONS);
            assertThat(topics.get(Topics.MODELS).partitions()).hasSize(1);
            assertThat(topics).containsKeys(Topics.events().toArray(String[]::new));
            assertThat(topics).containsKey(Topics.deadLetter(Topics.REWARDS));
        }
        TopicSetup.create(stack.bootstrapServers(), 1); // nothing is left to do

        send(stack, Topics.MODELS, LARGEST_MODEL);
        send(stack, Topics.REWARDS, LARGEST_POISON);
        send(stack, Topics.deadLetter(Topics.REWARDS), LARGEST_POISON);
        assertThatThrownBy(() -> send(stack, Topics.MODELS, LARGEST_POISON)).hasMessageContaining("larger than");
        assertThatThrownBy(() -> send(stack, Topics.REWARDS, TopicSetup.EVENT_RECORD_BYTES))
                .hasMessageContaining("larger than");
    }

    private static void send(LocalStack stack, String topic, int bytes) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", stack.bootstrapServers(), "max.request.size", TopicSetup.DEAD_LETTER_BYTES);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, new byte[] {1}, new byte[bytes]))
                    .get(20, TimeUnit.SECONDS);
        }
    }
}
