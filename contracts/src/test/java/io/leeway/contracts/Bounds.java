package io.leeway.contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.DoublePredicate;
import java.util.function.LongPredicate;

/** Finds the ends of an interval of accepted numbers by bisection, to the last bit, and writes them into a schema. */
final class Bounds {
    private static final double BEYOND = 1e300;
    /** An end out here comes from the values that Probe gave to other fields. */
    private static final double FAR = 1e299;

    private static final double[] LIKELY = {1, 0.5, 0.1, 0, 100, 1000};

    private Bounds() {}

    static void ofDouble(DoublePredicate accepts, ObjectNode schema) {
        double inside = inside(accepts);
        if (!accepts.test(-BEYOND)) {
            end(accepts, inside, -BEYOND, schema, "inimum");
        }
        if (!accepts.test(BEYOND)) {
            end(accepts, inside, BEYOND, schema, "aximum");
        }
    }

    static void ofLong(LongPredicate accepts, long lowest, long highest, ObjectNode schema) {
        long inside = (long) inside(value -> value == Math.rint(value) && accepts.test((long) value));
        if (!accepts.test(lowest)) {
            schema.put("minimum", last(accepts, inside, lowest));
        }
        if (!accepts.test(highest)) {
            schema.put("maximum", last(accepts, inside, highest));
        }
    }

    /** The accepted number that is nearest to {@code outside}. */
    static long last(LongPredicate accepts, long inside, long outside) {
        long in = inside;
        long out = outside;
        while (Math.abs(in - out) > 1) {
            long middle = Math.floorDiv(in, 2) + Math.floorDiv(out, 2) + (in & out & 1);
            if (accepts.test(middle)) {
                in = middle;
            } else {
                out = middle;
            }
        }
        return in;
    }

    private static void end(DoublePredicate accepts, double inside, double outside, ObjectNode schema, String name) {
        long last = last(ordinal -> accepts.test(number(ordinal)), ordinal(inside), ordinal(outside));
        double in = number(last);
        double out = number(last + Long.compare(ordinal(outside), ordinal(inside)));
        if (Math.abs(in) > FAR) {
            return;
        }
        if (Double.toString(in).length() <= Double.toString(out).length()) {
            put(schema, "m" + name, in);
        } else {
            put(schema, "exclusiveM" + name, out);
        }
    }

    private static void put(ObjectNode schema, String name, double value) {
        if (value == Math.rint(value)) {
            schema.put(name, (long) value);
        } else {
            schema.put(name, value);
        }
    }

    private static double inside(DoublePredicate accepts) {
        for (double value : LIKELY) {
            if (accepts.test(value)) {
                return value;
            }
        }
        throw new AssertionError("none of the likely numbers is accepted");
    }

    /** Numbers the doubles in their order, 0 being 0. */
    private static long ordinal(double value) {
        long bits = Double.doubleToRawLongBits(value + 0.0);
        return bits >= 0 ? bits : Long.MIN_VALUE - bits;
    }

    private static double number(long ordinal) {
        return Double.longBitsToDouble(ordinal >= 0 ? ordinal : Long.MIN_VALUE - ordinal);
    }
}
