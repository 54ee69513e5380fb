package io.leeway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchemasTest {
    private static final String COMMAND = "mvn test -pl contracts -Dtest=SchemasTest -Dleeway.write";

    static List<Class<?>> records() {
        return Records.all();
    }

    @ParameterizedTest
    @EnumSource
    void committedSchemaSaysWhatTheRecordSays(Published published) throws IOException {
        String generated = published.generated();
        if (System.getProperty("leeway.write") != null) {
            Files.createDirectories(published.file().getParent());
            Files.writeString(published.file(), generated);
        }
        assertThat(published.file()).exists();
        assertThat(Files.readString(published.file()))
                .as("to write it anew: " + COMMAND)
                .isEqualTo(generated);
    }

    @Test
    void everyEventButTheModelHasASchemaOfItsOwn() {
        List<EventType> published =
                Arrays.stream(Published.values()).map(p -> p.event).toList();
        assertThat(EventType.values())
                .filteredOn(type -> type != EventType.MODEL)
                .containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void noSchemaFileIsLeftOver() throws IOException {
        try (var files = Files.list(Published.LOOPS.file().getParent())) {
            assertThat(files.collect(Collectors.toSet()))
                    .isEqualTo(Arrays.stream(Published.values())
                            .map(Published::file)
                            .collect(Collectors.toSet()));
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyFieldHasADescription(Class<?> record) {
        assertThat(Probe.fields(record)).allSatisfy(field -> {
            var description = field.getAccessor().getAnnotation(JsonPropertyDescription.class);
            assertThat(description)
                    .as("description of " + record.getSimpleName() + "." + field.getName())
                    .isNotNull();
            assertThat(description.value()).isNotBlank();
        });
    }
}
