package io.leeway.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HashedEncoderTest {
    private final HashedEncoder encoder = new HashedEncoder();

    @Test
    void namespacesAreTheObjectsAndListsAtTheTop() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("user", Map.of("age", 31));
        json.put("hour", 7);
        json.put("tags", List.of("new", "red", "new"));
        json.put("weekend", true);
        SparseVector vector = encoder.encode(json);
        assertThat(vector.namespaces()).isEqualTo(3);
        assertThat(vector.namespace(0)).isEqualTo(SparseVector.DEFAULT_NAMESPACE);
        assertThat(vector.namespace(1)).isEqualTo(HashedEncoder.namespace("user"));
        assertThat(vector.namespace(2)).isEqualTo(HashedEncoder.namespace("tags"));
        assertThat(new int[] {vector.start(1), vector.start(2), vector.end(2)}).containsExactly(2, 3, 5);
        assertThat(vector.value(2)).isEqualTo(31);
        assertThat(vector.isNumber(2)).isTrue();
        assertThat(vector.isNumber(3)).isFalse();
    }

    @Test
    void namesAreTheSameOnEveryRun() {
        SparseVector vector = encoder.encode(Map.of("x", 2.5));
        assertThat(vector.index(0)).isEqualTo(encoder.encode(Map.of("x", 1)).index(0));
        assertThat(vector.index(0)).isNotEqualTo(encoder.encode(Map.of("y", 1)).index(0));
        assertThat(vector.index(0))
                .isNotEqualTo(encoder.encode(Map.of("x", "2.5")).index(0));
        assertThat(encoder.encode(Map.of("a", Map.of("b", 1))).index(0))
                .isNotEqualTo(encoder.encode(Map.of("a.b", 1)).index(0));
    }

    @Test
    void shortNamesDoNotCollide() {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            seen.add(encoder.encode(Map.of("state", "s" + i)).index(0));
        }
        // 20000^2 / 2^33 = 0.05 collisions are expected; 3 or more have probability 2e-5, and the names are fixed.
        assertThat(seen).hasSizeGreaterThan(19_997);
    }

    @Test
    void namesWhoseJavaHashesCollideDiffer() {
        for (String[] pair :
                new String[][] {{"Aa", "BB"}, {"xAa", "xBB"}, {"Aax", "BBx"}, {"xAay", "xBBy"}, {"C#", "BB"}}) {
            assertThat(pair[0].hashCode()).isEqualTo(pair[1].hashCode());
            assertThat(encoder.encode(Map.of(pair[0], 1)).index(0))
                    .isNotEqualTo(encoder.encode(Map.of(pair[1], 1)).index(0));
        }
    }

    @Test
    void keysThatBeginWithAnUnderscoreAreNotFeatures() {
        assertThat(encoder.encode(Map.of("_id", 1, "_more", Map.of("a", 1)))).isEqualTo(SparseVector.EMPTY);
    }

    @Test
    void whatIsMissingIsAbsentAndZeroIsNot() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("gone", null);
        json.put("zero", 0);
        assertThat(encoder.encode(json).size()).isEqualTo(1);
        assertThat(encoder.encode(Map.of())).isEqualTo(SparseVector.EMPTY);
        assertThat(encoder.encode(Map.of("empty", Map.of())).namespaces()).isZero();
    }

    @Test
    void refusesWhatIsNotFiniteByItsName() {
        assertThatThrownBy(() -> encoder.encode(Map.of("user", Map.of("age", Double.NaN))))
                .hasMessage("must be finite: user.age=NaN");
        assertThatThrownBy(() ->
                        encoder.encode(Map.of(), List.of(new Action("a", Map.of("price", Double.POSITIVE_INFINITY)))))
                .hasMessage("must be finite: price=Infinity action=a");
    }

    @Test
    void refusesActionsThatOccurTwice() {
        assertThatThrownBy(() -> encoder.encode(Map.of(), Arrays.asList(Action.of("a"), Action.of("a"))))
                .hasMessage("must occur once: id=a");
        assertThatThrownBy(() -> encoder.encode(Map.of(), List.of())).hasMessage("must be >= 1: actions=0");
    }
}
