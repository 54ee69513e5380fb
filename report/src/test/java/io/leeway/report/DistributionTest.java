package io.leeway.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.report.Plot.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistributionTest {
    @Test
    void risesFromTheShareBelowTheFirstPlaceToThatBelowTheLast() {
        List<Point> points = Distribution.upTo(new double[] {0, 1, 2, 3}, 0.5, 2.5);
        assertThat(points.get(0)).isEqualTo(new Point(0.5, 0.25));
        assertThat(points.get(points.size() - 1)).isEqualTo(new Point(2.5, 0.75));
        assertThat(points).extracting(Point::y).isSorted();
        assertThat(points).extracting(Point::y).containsOnly(0.25, 0.5, 0.75);
    }
}
