package io.leeway.stack.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives a {@code @QuarkusTest} a real broker, with its topics, and a real database; see {@link LocalStack}.
 *
 * <p>The argument {@code database=false} leaves the database out. Both outlive the test class: the JVM's end stops them.
 */
public final class LeewayTestResource implements QuarkusTestResourceLifecycleManager {
    private boolean database = true;

    @Override
    public void init(Map<String, String> arguments) {
        database = Boolean.parseBoolean(arguments.getOrDefault("database", "true"));
    }

    @Override
    public Map<String, String> start() {
        LocalStack stack = database ? LocalStack.shared() : LocalStack.sharedBroker();
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", stack.bootstrapServers());
        if (database) {
            settings.put("quarkus.datasource.jdbc.url", stack.jdbcUrl());
            settings.put("quarkus.datasource.username", LocalStack.USER);
            settings.put("quarkus.datasource.password", LocalStack.PASSWORD);
        }
        return settings;
    }

    @Override
    public void stop() {}
}
