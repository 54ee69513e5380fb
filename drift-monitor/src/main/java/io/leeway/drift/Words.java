package io.leeway.drift;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them. */
final class Words {
    private static final MathContext THREE_DIGITS = new MathContext(3);

    private Words() {}

    /** Three significant digits, without an exponent where that is readable. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e7)) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        if (size >= 1000) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return BigDecimal.valueOf(value)
                .round(THREE_DIGITS)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** A share in percent. */
    static String percent(double share) {
        return number(Math.rint(share * 1000) / 10) + "%";
    }
}
