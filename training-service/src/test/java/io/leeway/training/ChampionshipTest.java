package io.leeway.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ChampionshipTest {
    @Test
    void undoingGoesBackOneMoreEachTimeAndNotToAndFro() {
        assertThat(Championship.before(List.of())).isEmpty();
        assertThat(Championship.before(List.of(1L))).isEmpty();
        assertThat(Championship.before(List.of(1L, 2L, 5L))).isEqualTo(OptionalLong.of(2));
        assertThat(Championship.before(List.of(1L, 2L, 5L, 2L))).isEqualTo(OptionalLong.of(1));
        assertThat(Championship.before(List.of(1L, 2L, 5L, 2L, 1L))).isEmpty();
        assertThat(Championship.before(List.of(1L, 2L, 5L, 2L, 6L))).isEqualTo(OptionalLong.of(2));
        assertThat(Championship.before(Arrays.asList(1L, 2L, null, 3L))).isEmpty();
    }
}
