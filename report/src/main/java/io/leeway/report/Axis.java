package io.leeway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One axis of a plot: from values to pixels, and where its ticks are. */
final class Axis {

    private final double low;
    private final double high;
    private final double lowPixel;
    private final double highPixel;
    private final boolean logarithmic;

    Axis(double low, double high, double lowPixel, double highPixel, boolean logarithmic) {
        this.logarithmic = logarithmic;
        this.low = scaled(low);
        this.high = scaled(high);
        this.lowPixel = lowPixel;
        this.highPixel = highPixel;
    }

    double low() {
        return low;
    }

    /** The pixel of a value; values beyond the ends land on them. */
    double pixel(double value) {
        double share = (scaled(value) - low) / (high - low);
        return lowPixel + Math.min(1, Math.max(0, share)) * (highPixel - lowPixel);
    }

    boolean shows(double value) {
        return !Double.isNaN(value) && (!logarithmic || value > 0);
    }

    /** Round values between the ends, a handful of them. */
    List<Double> ticks(int about) {
        return logarithmic ? logarithmicTicks() : linearTicks(about);
    }

    /** A tick's value as text, with as many decimals as tell it from its neighbours. */
    String label(double value, List<Double> ticks) {
        if (logarithmic || ticks.size() < 2) {
            return value >= 1 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%s", value);
        }
        double step = ticks.get(1) - ticks.get(0);
        int decimals = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** The next 1, 2 or 5 times a power of ten that is not above. */
    static double roundedDown(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(1e-6, value)) + 1e-9));
        double factor = Math.max(1e-6, value) / power + 1e-9;
        return power * (factor < 2 ? 1 : factor < 5 ? 2 : 5);
    }

    /** The next 1, 2 or 5 times a power of ten that is above. */
    static double roundedUp(double value) {
        double below = roundedDown(value);
        double power = Math.pow(10, Math.floor(Math.log10(below) + 1e-9));
        double factor = Math.round(below / power);
        return power * (factor == 1 ? 2 : factor == 2 ? 5 : 10);
    }

    private List<Double> linearTicks(int about) {
        double rough = (high - low) / about;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10);
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private List<Double> logarithmicTicks() {
        List<Double> ticks = new ArrayList<>();
        for (int exponent = (int) Math.floor(low); exponent <= Math.ceil(high); exponent++) {
            for (double factor : high - low > 3 ? new double[] {1} : new double[] {1, 2, 5}) {
                double tick = factor * Math.pow(10, exponent);
                if (scaled(tick) >= low - 1e-9 && scaled(tick) <= high + 1e-9) {
                    ticks.add(Math.round(tick * 1e6) / 1e6);
                }
            }
        }
        return ticks;
    }

    private double scaled(double value) {
        return logarithmic ? Math.log10(value) : value;
    }
}
