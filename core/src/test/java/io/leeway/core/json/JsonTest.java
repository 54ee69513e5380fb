package io.leeway.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.core.testing.RandomValues;
import io.leeway.core.testing.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SeededRandom.class)
class JsonTest {
    @Test
    void readsBackWhatItWrites(Random random) {
        for (int i = 0; i < 500; i++) {
            Object value = RandomValues.object(random, 4);
            assertThat(Json.read(Json.write(value))).isEqualTo(value);
            assertThat(Json.read(Json.writeBytes(value))).isEqualTo(value);
        }
    }

    @Test
    void readsBackEveryDouble(Random random) {
        for (int i = 0; i < 5_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Json.read(Json.write(value))).isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "5.6843418860808015E-14",
        "0.1",
        "1.0",
        "-0.0",
        "1E+23",
        "4.94065645841247E-324",
        "1.7976931348623157E+308",
        "123456789.25"
    })
    void writesTheSameDigitsOnEveryJvm(String digits) {
        assertThat(Json.write(Double.parseDouble(digits))).isEqualTo(digits);
    }

    @Test
    void writesEqualObjectsAlikeWhateverTheOrderOfTheirKeys() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("b", 1);
        one.put("a", List.of(1.5, "x"));
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("a", List.of(1.5, "x"));
        other.put("b", 1L);

        assertThat(Json.write(one)).isEqualTo(Json.write(other)).isEqualTo("{\"a\":[1.5,\"x\"],\"b\":1}");
    }

    @Test
    void keepsLongsAndReadsLargerIntegersAsDoubles() {
        assertThat(Json.read("[9223372036854775807,-9223372036854775808,9223372036854775808,1.0]"))
                .isEqualTo(List.of(Long.MAX_VALUE, Long.MIN_VALUE, 9.223372036854775807e18, 1.0));
    }

    @Test
    void keepsTextsThatAreHardToWrite() {
        for (String text :
                List.of("\u0000\u001f", "\"\\/", "ünïcode \uD83D\uDE00", "lonely \uD83D", "\uDE00", "\n\t\r")) {
            assertThat(Json.read(Json.writeBytes(text))).isEqualTo(text);
        }
        assertThat(Json.read("\"\\u00fc\\b\\f\\/\"")).isEqualTo("ü\b\f/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "\"",
                "\"a",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "[1,]",
                "[1 2]",
                "{a:1}",
                "tru",
                "nul",
                "01",
                "-",
                "1.",
                ".5",
                "1e",
                "1e+",
                "+1",
                "NaN",
                "Infinity",
                "1e999",
                "-1e999",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\u123\"",
                "[1]]",
                "{} x",
                "\"a\nb\"",
                "{\"a\":1,\"a\":2}",
                "[\u00a01]",
                "'a'",
                "\"\\u١٢٣٤\""
            })
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> Json.read(text))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("position=");
    }

    @Test
    void refusesDeepNestingInBothDirections() {
        String deep = "[".repeat(65) + "]".repeat(65);
        assertThatThrownBy(() -> Json.read("[" + deep + "]")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.read("{\"a\":".repeat(100_000))).isInstanceOf(JsonException.class);
        Object nested = 1;
        for (int i = 0; i < 70; i++) {
            nested = List.of(nested);
        }
        Object tooDeep = nested;
        assertThatThrownBy(() -> Json.write(tooDeep)).isInstanceOf(JsonException.class);
    }

    @Test
    void refusesBytesThatAreNotUtf8AndValuesThatAreNotJson() {
        assertThatThrownBy(() -> Json.read(new byte[] {'"', (byte) 0xc3, '"'})).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.write(Double.NaN)).hasMessage("must be finite: value=NaN");
        assertThatThrownBy(() -> Json.write(new Object())).isInstanceOf(JsonException.class);
    }

    @Test
    void survivesAnyTruncationAndAnyFlippedByte(Random random) {
        byte[] valid = Json.writeBytes(RandomValues.object(random, 4));
        for (int i = 0; i < 3000; i++) {
            byte[] broken = Arrays.copyOf(valid, random.nextInt(valid.length + 1));
            if (broken.length > 0) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            try {
                Json.read(broken);
            } catch (JsonException expected) {
                assertThat(expected).hasMessageContaining("must");
            }
        }
    }

    @Test
    void namesThePlaceOfAWrongField() {
        JsonObject object = Json.readObject("{\"a\":{\"b\":\"text\"},\"list\":[{\"n\":1},{\"n\":\"x\"}]}");

        assertThatThrownBy(() -> object.object("a").number("b")).hasMessage("must be a finite number: a.b=text");
        assertThatThrownBy(() -> object.objects("list").get(1).integer("n"))
                .hasMessage("must be an integer: list.1.n=x");
        assertThatThrownBy(() -> object.text("absent")).hasMessage("must be text: absent=null");
        assertThat(object.text("absent", "default")).isEqualTo("default");
    }

    @Test
    void readsAsStrictUtf8() {
        assertThat(Json.read("\"é\"".getBytes(StandardCharsets.UTF_8))).isEqualTo("é");
    }
}
