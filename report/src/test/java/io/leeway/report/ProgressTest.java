package io.leeway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();

    @Test
    void plainLinesComeNowAndThenAndSayWhatIsLeft() {
        try (Progress progress = progress(1000, false)) {
            for (int i = 0; i < 1000; i++) {
                clock.addAndGet(SECOND / 50);
                progress.advance(1);
            }
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        // 20 seconds of work at a line each 5 seconds, the first at once and one at the end.
        assertThat(text.lines().count()).isBetween(4L, 6L);
        assertThat(text)
                .doesNotContain("\r")
                .contains("driving")
                .contains(" left")
                .contains("100%  1,000 of 1,000  took 20.0 s");
        assertThat(text.lines().skip(1).findFirst().orElseThrow())
                .contains("25%")
                .contains("15.0 s left");
    }

    @Test
    void terminalGetsABarOnOneLine() {
        try (Progress progress = progress(4, true)) {
            clock.addAndGet(SECOND);
            progress.advance(2);
            progress.note("v1 serves");
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(text)
                .contains("\rdriving [##############..............]  50%")
                .contains("v1 serves");
        assertThat(text.chars().filter(c -> c == '\n').count()).isEqualTo(1);
    }

    @Test
    void unknownTotalShowsWhatIsDone() {
        try (Progress progress = progress(0, false)) {
            clock.addAndGet(SECOND);
            progress.to(1234);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("1,234").doesNotContain("%");
    }

    @Test
    void spansReadAsPeopleSayThem() {
        assertThat(Progress.duration(3_240_000_000L)).isEqualTo("3.2 s");
        assertThat(Progress.duration(65 * SECOND)).isEqualTo("1 min 05 s");
        assertThat(Progress.duration(59_970_000_000L)).isEqualTo("1 min 00 s");
    }

    private Progress progress(long total, boolean terminal) {
        return new Progress(
                "driving", total, new PrintStream(printed, true, StandardCharsets.UTF_8), terminal, clock::get);
    }
}
