package io.leeway.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

/** Docker Compose and the local stack run the same services in the same way. */
class ComposeTest {
    private final Map<String, Map<String, Object>> services;

    ComposeTest() throws IOException {
        try (InputStream file = Files.newInputStream(Path.of("../docker-compose.yml"))) {
            services = part(new Yaml().load(file), "services");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServiceHasItsPortItsHeapAndTheVariablesOfTheLocalStack(Service service) {
        Map<String, Object> composed = services.get(service.moduleName());
        Map<String, Object> environment = part(composed, "environment");
        assertThat(environment).containsEntry("QUARKUS_HTTP_PORT", service.defaultPort());
        List<String> options = new ArrayList<>(List.of("-Xmx" + service.heapMegabytes() + "m"));
        options.addAll(service.jvmOptions());
        assertThat(environment).containsEntry("JAVA_OPTS", String.join(" ", options));
        TreeSet<String> expected = new TreeSet<>(localEnvironment(service).keySet());
        expected.add("JAVA_OPTS");
        assertThat(environment.keySet()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(part(part(composed, "build"), "args")).containsEntry("SERVICE", service.moduleName());
    }

    @Test
    void everythingIsPublishedOnTheLoopbackAddressOnly() {
        for (Map<String, Object> service : services.values()) {
            assertThat((List<?>) service.getOrDefault("ports", List.of()))
                    .allSatisfy(port -> assertThat(port.toString()).startsWith("127.0.0.1:"));
        }
    }

    @Test
    void theBrokerTakesTheLargestRecordOfTheTopics() {
        assertThat(part(services.get("kafka"), "environment"))
                .containsEntry("KAFKA_MESSAGE_MAX_BYTES", TopicSetup.DEAD_LETTER_BYTES)
                .containsEntry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        assertThat(services.get("topics")).containsEntry("command", List.of(TopicSetupMain.class.getName()));
    }

    private static Map<String, String> localEnvironment(Service service) {
        return StackPlan.standard(Path.of("").toAbsolutePath()).environment(ServicePlan.of(service, Path.of(""), 1));
    }

    @SuppressWarnings("unchecked")
    private static <V> Map<String, V> part(Map<String, ?> whole, String name) {
        return (Map<String, V>) whole.get(name);
    }
}
