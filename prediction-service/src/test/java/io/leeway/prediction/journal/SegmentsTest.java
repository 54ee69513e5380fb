package io.leeway.prediction.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void aDiskThatGaveNoRoomIsAskedAgainLaterAndNotByEveryCall() {
        SmallDisk disk = new SmallDisk();
        try (Segments segments = new Segments(directory, 1 << 16, 1 << 20, disk)) {
            await().atMost(PATIENCE).until(() -> catchThrowable(() -> segments.next(1))
                    .getMessage()
                    .startsWith("must have room on its disk: journal directory=" + directory));
            assertThat(segments.used()).isEmpty();
            disk.makeRoom(1);
            await().atMost(PATIENCE).until(() -> catchThrowable(() -> segments.next(1)) == null);
            assertThat(segments.used()).containsOnlyKeys(1L);
        }
    }
}
