package io.leeway.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwapRunsTest {
    /** By R: qbinom(0.025, n, 0.5) - 1, counted from 0, and at least 0. */
    @ParameterizedTest
    @CsvSource({"1,0", "5,0", "6,0", "8,0", "9,1", "15,3", "20,5", "30,9"})
    void theIntervalOfTheMedianHoldsItWithNinetyFivePercent(int values, int rank) {
        assertThat(SwapRuns.medianRank(values)).isEqualTo(rank);
    }
}
