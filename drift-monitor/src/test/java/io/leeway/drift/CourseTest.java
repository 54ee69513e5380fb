package io.leeway.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class CourseTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void findsANoiselessChangeExactlyWhileItIsRecent() {
        for (int age : new int[] {5, 20, Course.BLOCKS_PER_LEVEL - 2}) {
            Course course = new Course();
            for (int n = 1; n <= 100_000; n++) {
                course.add(n > 100_000 - age ? 3 : 1, START.plusSeconds(n));
            }
            assertThat(course.change(5000))
                    .hasValue(new Course.Change(1, 3, age, START.plusSeconds(100_000 - age + 1)));
        }
    }

    @Test
    void findsAnOldChangeWithinAFractionOfItsAge() {
        for (int age : new int[] {200, 1000, 10_000, 400_000}) {
            Course course = new Course();
            for (int n = 1; n <= 1_000_000; n++) {
                course.add(n > 1_000_000 - age ? 3 : 1, START.plusSeconds(n));
            }
            Course.Change change = course.change(1_000_000).orElseThrow();
            assertThat(Duration.between(START.plusSeconds(1_000_000 - age), change.since())
                            .abs())
                    .isLessThan(Duration.ofSeconds(age / 10));
            assertThat((double) change.width()).isCloseTo(age, Percentage.withPercentage(10));
        }
    }

    @Test
    void hasNothingToSayOfTooFewValues() {
        Course course = new Course();
        assertThat(course.change(10)).isEmpty();
        for (int n = 1; n <= 9; n++) {
            course.add(n, START);
        }
        assertThat(course.change(9)).isEmpty();
        course.add(10, START);
        assertThat(course.change(10)).isPresent();
    }

    @Test
    void survivesASnapshot() {
        Random random = new Random(3);
        Course course = new Course();
        for (int n = 1; n <= 3000; n++) {
            course.add(random.nextGaussian() + (n > 2500 ? 1 : 0), START.plusMillis(n * 17L));
        }
        Course restored = Course.fromJson(JsonObject.of(Json.read(Json.write(course.toJson()))));
        assertThat(restored.change(2000)).isEqualTo(course.change(2000)).isPresent();
        assertThat(restored.seen()).isEqualTo(3000);
    }
}
