package io.leeway.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeavesTest {
    @Test
    void namesLeavesByPath() {
        assertThat(leaves("{\"a\":1,\"b\":{\"c\":\"x\",\"d\":{\"e\":true}},\"n\":null}"))
                .containsExactly("a=1.0", "b.c:x", "b.d.e?true", "n-");
    }

    @Test
    void numbersListItemsButNotTexts() {
        assertThat(leaves("{\"v\":[1,2],\"tags\":[\"x\",\"y\"],\"o\":[{\"k\":1},[3]],\"empty\":[],\"nothing\":{}}"))
                .containsExactly("v.0=1.0", "v.1=2.0", "tags:x", "tags:y", "o.0.k=1.0", "o.1.0=3.0");
    }

    @Test
    void keepsKeysWithDotsApartFromNesting() {
        assertThat(leaves("{\"a.b\":1,\"a\":{\"b\":2},\"a\\\\\":{\"b\":3},\"\":{\"a\":4}}"))
                .containsExactly("a\\.b=1.0", "a.b=2.0", "a\\\\.b=3.0", ".a=4.0")
                .doesNotHaveDuplicates();
    }

    @Test
    void skipsKeysWithAnUnderscoreAtAnyDepth() {
        assertThat(leaves("{\"_tag\":1,\"a\":{\"_x\":{\"b\":2},\"y_\":3}}")).containsExactly("a.y_=3.0");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void namesANumberThatIsNotFinite(double value) {
        assertThatThrownBy(() -> Leaves.walk(Map.of("a", Map.of("b", value)), new Collector()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be finite: a.b=" + value);
    }

    @Test
    void refusesDeepNestingAndForeignTypes() {
        Object nested = 1;
        for (int i = 0; i < 31; i++) {
            nested = List.of(nested);
        }
        Map<String, Object> deepest = Map.of("a", nested);
        Leaves.walk(deepest, new Collector());
        assertThatThrownBy(() -> Leaves.walk(Map.of("a", deepest), new Collector()))
                .hasMessageContaining("must be nested <= 32 deep");
        assertThatThrownBy(() -> Leaves.walk(Map.of("a", new Object()), new Collector()))
                .hasMessageContaining("must be a JSON value: a=java.lang.Object");
    }

    @SuppressWarnings("unchecked")
    private static List<String> leaves(String json) {
        Collector collector = new Collector();
        Leaves.walk((Map<String, Object>) Json.read(json), collector);
        return collector.leaves;
    }

    private static final class Collector implements LeafVisitor {
        private final List<String> leaves = new ArrayList<>();

        @Override
        public void number(String path, double value) {
            leaves.add(path + "=" + value);
        }

        @Override
        public void text(String path, String value) {
            leaves.add(path + ":" + value);
        }

        @Override
        public void flag(String path, boolean value) {
            leaves.add(path + "?" + value);
        }

        @Override
        public void missing(String path) {
            leaves.add(path + "-");
        }
    }
}
