package io.leeway.prediction.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path parent;

    /** A folder that is gone stands in for a disk without room: no file can be made. */
    @Test
    void aDiskThatGaveNoRoomIsAskedAgainLaterAndNotByEveryCall() throws IOException {
        Path directory = Files.createDirectory(parent.resolve("journal"));
        try (Segments segments = new Segments(directory, 1 << 16, 1 << 20)) {
            Files.move(directory, parent.resolve("gone"));
            await().atMost(PATIENCE).until(() -> catchThrowable(() -> segments.next(1))
                    .getMessage()
                    .startsWith("must have room on its disk: journal directory=" + directory));
            assertThat(segments.used()).isEmpty();
            Files.createDirectory(directory);
            await().atMost(PATIENCE).until(() -> catchThrowable(() -> segments.next(1)) == null);
            assertThat(segments.used()).containsOnlyKeys(1L);
        }
    }
}
