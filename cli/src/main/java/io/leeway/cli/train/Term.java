package io.leeway.cli.train;

import io.leeway.cli.CommandException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value made of a table row's columns, as a loop's file writes it: {@code distance: number(trip_distance, 0.01, 100)}. Immutable.
 *
 * <ul>
 *   <li>{@code number(column[, from, to])}: the number, absent outside of the bounds; {@code log(column, from, to)}: its logarithm
 *   <li>{@code category(column)}: a word, also where the column holds numbers; {@code pair(a, b)}: two words as one
 *   <li>{@code missing(column)}: whether there is no value; {@code minutes(from, to)}: between two moments
 *   <li>{@code hour(column)}: 0 to 24 with its fraction; {@code hourOfDay(column)}, {@code weekday(column)}: as words;
 *       {@code sine(column, hours)} and {@code cosine(column, hours)}: where a moment stands in a cycle of so many hours since Monday
 * </ul>
 */
record Term(String text, List<String> columns, Function<Map<String, Object>, Object> value) {
    private static final Pattern CALL = Pattern.compile("\\s*([A-Za-z]+)\\s*\\(([^()]*)\\)\\s*");
    private static final int HOURS_OF_A_WEEK = 168;

    /** The value for a row; null where there is none. */
    Object of(Map<String, Object> row) {
        return value.apply(row);
    }

    /** @throws CommandException naming what is wrong */
    static Term parse(String where, Object written) {
        Matcher call = CALL.matcher(String.valueOf(written));
        if (!call.matches()) {
            throw wrong(where, written, "a function of columns such as number(distance)");
        }
        String[] arguments = Arrays.stream(call.group(2).split(","))
                .map(String::trim)
                .filter(argument -> !argument.isEmpty())
                .toArray(String[]::new);
        String function = call.group(1);
        int columns = function.equals("pair") || function.equals("minutes") ? 2 : 1;
        if (arguments.length < columns) {
            throw wrong(where, written, "a function of " + columns + (columns == 1 ? " column" : " columns"));
        }
        Function<Map<String, Object>, Object> value;
        try {
            value = function(function, arguments);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw wrong(where, written, "a function with its bounds as numbers");
        }
        if (value == null) {
            throw wrong(
                    where,
                    written,
                    "one of number, log, category, pair, missing, minutes, hour, hourOfDay, weekday, sine, cosine");
        }
        return new Term(written.toString(), List.of(Arrays.copyOf(arguments, columns)), value);
    }

    private static Function<Map<String, Object>, Object> function(String name, String[] a) {
        return switch (name) {
            case "number" -> {
                double from = a.length > 1 ? Double.parseDouble(a[1]) : Double.NEGATIVE_INFINITY;
                double to = a.length > 1 ? Double.parseDouble(a[2]) : Double.POSITIVE_INFINITY;
                yield row -> within(number(row.get(a[0])), from, to);
            }
            case "log" -> {
                double from = Double.parseDouble(a[1]);
                double to = Double.parseDouble(a[2]);
                yield row -> {
                    Double plain = within(number(row.get(a[0])), from, to);
                    return plain == null ? null : rounded(Math.log(plain));
                };
            }
            case "category" -> row -> word(row.get(a[0]));
            case "pair" ->
                row -> {
                    String first = word(row.get(a[0]));
                    String second = word(row.get(a[1]));
                    return first == null || second == null ? null : first + "-" + second;
                };
            case "missing" -> row -> row.get(a[0]) == null;
            case "minutes" ->
                row -> {
                    Instant from = moment(row.get(a[0]));
                    Instant to = moment(row.get(a[1]));
                    return from == null || to == null
                            ? null
                            : Duration.between(from, to).toMillis() / 60e3;
                };
            case "hour" -> row -> inWeek(row.get(a[0]), hours -> rounded(hours % 24));
            case "hourOfDay" -> row -> inWeek(row.get(a[0]), hours -> Integer.toString((int) (hours % 24)));
            case "weekday" ->
                row -> {
                    Instant moment = moment(row.get(a[0]));
                    return moment == null
                            ? null
                            : moment.atZone(ZoneOffset.UTC).getDayOfWeek().name();
                };
            case "sine", "cosine" -> {
                double cycle = Double.parseDouble(a[1]);
                boolean sine = name.equals("sine");
                yield row -> inWeek(row.get(a[0]), hours -> {
                    double angle = 2 * Math.PI * hours / cycle;
                    return rounded(sine ? Math.sin(angle) : Math.cos(angle));
                });
            }
            default -> null;
        };
    }

    private static Object inWeek(Object value, Function<Double, Object> use) {
        Instant moment = moment(value);
        if (moment == null) {
            return null;
        }
        ZonedDateTime time = moment.atZone(ZoneOffset.UTC);
        double day = time.toLocalTime().toSecondOfDay() / 3600.0;
        return use.apply((24.0 * (time.getDayOfWeek().getValue() - 1) + day) % HOURS_OF_A_WEEK);
    }

    private static Double within(Double value, double from, double to) {
        return value == null || !(value >= from && value <= to) ? null : value;
    }

    static Double number(Object value) {
        if (value instanceof Number number) {
            return Double.isFinite(number.doubleValue()) ? number.doubleValue() : null;
        }
        if (value instanceof Boolean flag) {
            return flag ? 1.0 : 0.0;
        }
        try {
            return value == null ? null : Double.valueOf(value.toString());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Whole numbers without a fraction, as a person would write the category. */
    static String word(Object value) {
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
            return Long.toString(number.longValue());
        }
        return value == null ? null : value.toString();
    }

    static Instant moment(Object value) {
        return value instanceof Instant instant ? instant : value == null ? null : Moments.parse(value.toString());
    }

    /** Four digits are what a feature of this kind can use, and they keep files small. */
    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    private static CommandException wrong(String where, Object written, String wanted) {
        return new CommandException("must be " + wanted + ": " + where + "=" + written);
    }
}
