package io.leeway.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Topics;
import io.leeway.stack.testing.LeewayTestResource;
import io.leeway.stack.testing.LocalStack;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class LocalStackTest {
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
            assertThat(connection.isValid(1)).isTrue();
        }
    }
}
