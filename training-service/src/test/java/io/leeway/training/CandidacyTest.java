package io.leeway.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandidacyTest {
    @Test
    void countsOnUntilTheWorldChanges() {
        assertThat(Candidacy.number(null, List.of())).isEqualTo(1);
        assertThat(Candidacy.number(null, Arrays.asList(null, null))).isEqualTo(3);
        assertThat(Candidacy.number("d1", Arrays.asList(null, null))).isEqualTo(1);
        assertThat(Candidacy.number(null, Arrays.asList("d1", null, null))).isEqualTo(2);
        assertThat(Candidacy.number("d2", Arrays.asList("d1", null, null))).isEqualTo(1);
    }

    @Test
    void askingAgainForTheSameDriftIsNoNewBudget() {
        assertThat(Candidacy.number("d1", List.of("d1"))).isEqualTo(2);
        assertThat(Candidacy.number("d1", Arrays.asList(null, "d1", "d1", null)))
                .isEqualTo(4);
        assertThat(Candidacy.number(null, Arrays.asList(null, "d1", "d1", null)))
                .isEqualTo(4);
    }
}
