package io.leeway.benchmarks.drift;

import io.leeway.core.drift.BenjaminiHochberg;
import io.leeway.core.drift.ColumnSample;
import io.leeway.core.drift.KolmogorovSmirnov;
import io.leeway.core.drift.TableCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.commons.math3.special.Erf;

/**
 * Counts how often the default table check alarms, without a change and with one, beside Kolmogorov-Smirnov with
 * Benjamini-Hochberg at the same level on the same tables, and beside an oracle: the best test of a shift there is, which knows that
 * the values are normal, their variance, and that nothing but the mean may move. Arguments: repetitions, rows of the reference (0: as many as the current
 * table has), comma-separated numbers of columns, of rows.
 */
public final class TableCount {
    private static final double LEVEL = TableCheck.Settings.DEFAULT.level();

    private TableCount() {}

    private record Shift(String name, double mean, double scale, int columns) {}

    public static void main(String[] arguments) {
        int repetitions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000;
        int referenceRows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        int[] columnCounts = numbers(arguments.length > 2 ? arguments[2] : "1,20,100");
        int[] rowCounts = numbers(arguments.length > 3 ? arguments[3] : "50,100,200,500,1000,5000");
        Shift[] shifts = {
            new Shift("none", 0, 1, 0),
            new Shift("+0.1 sd", 0.1, 1, 3),
            new Shift("+0.25 sd", 0.25, 1, 3),
            new Shift("+0.5 sd", 0.5, 1, 3),
            new Shift("sd x1.3", 0, 1.3, 3)
        };
        System.out.println(
                "columns,rows,referenceRows,shift of up to 3 columns,repetitions,alarm rate,its standard error,"
                        + "moved columns named,all named,others named per table,KS+BH alarm rate,KS+BH moved columns named,"
                        + "KS+BH all named,oracle moved columns named,oracle all named");
        for (int columns : columnCounts) {
            for (int rows : rowCounts) {
                for (Shift shift : shifts) {
                    int repeat = shift.columns == 0 ? repetitions : Math.max(1, repetitions / 5);
                    System.out.println(row(columns, rows, referenceRows == 0 ? rows : referenceRows, shift, repeat));
                }
            }
        }
    }

    private static String row(int columns, int rows, int referenceRows, Shift shift, int repetitions) {
        SplittableRandom random = new SplittableRandom(columns * 1_000_003L + rows);
        int moved = Math.min(columns, shift.columns);
        int alarms = 0;
        int named = 0;
        int allNamed = 0;
        int others = 0;
        int plainAlarms = 0;
        int plainNamed = 0;
        int plainAll = 0;
        int oracleNamed = 0;
        int oracleAll = 0;
        for (int repetition = 0; repetition < repetitions; repetition++) {
            List<ColumnSample> reference = new ArrayList<>();
            List<ColumnSample> current = new ArrayList<>();
            double[] plain = new double[columns];
            double[] oracle = new double[columns];
            for (int c = 0; c < columns; c++) {
                double[] before = normal(random, referenceRows, 0, 1);
                double[] after = normal(random, rows, c < moved ? shift.mean : 0, c < moved ? shift.scale : 1);
                reference.add(ColumnSample.ofNumbers("c" + c, referenceRows, before));
                current.add(ColumnSample.ofNumbers("c" + c, rows, after));
                plain[c] = KolmogorovSmirnov.test(before, after).pValue();
                oracle[c] = oracle(before, after);
            }
            TableCheck.Report report = new TableCheck(TableCheck.Settings.DEFAULT).compare(reference, current);
            long found = report.tests().stream()
                    .filter(test ->
                            test.drifted() && Integer.parseInt(test.column().substring(1)) < moved)
                    .count();
            long all = report.tests().stream()
                    .filter(TableCheck.ColumnTest::drifted)
                    .count();
            alarms += report.drifted() ? 1 : 0;
            named += (int) found;
            allNamed += moved > 0 && found == moved ? 1 : 0;
            others += (int) (all - found);
            double[] adjusted = BenjaminiHochberg.adjust(plain);
            plainAlarms += named(adjusted, columns) > 0 ? 1 : 0;
            plainNamed += named(adjusted, moved);
            plainAll += moved > 0 && named(adjusted, moved) == moved ? 1 : 0;
            double[] best = BenjaminiHochberg.adjust(oracle);
            oracleNamed += named(best, moved);
            oracleAll += moved > 0 && named(best, moved) == moved ? 1 : 0;
        }
        double rate = (double) alarms / repetitions;
        double slots = Math.max(1, (double) repetitions * moved);
        return String.format(
                Locale.ROOT,
                "%d,%d,%d,%s,%d,%.4f,%.4f,%.3f,%.3f,%.4f,%.4f,%.3f,%.3f,%.3f,%.3f",
                columns,
                rows,
                referenceRows,
                shift.name,
                repetitions,
                rate,
                Math.sqrt(rate * (1 - rate) / repetitions),
                named / slots,
                (double) allNamed / repetitions,
                (double) others / repetitions,
                (double) plainAlarms / repetitions,
                plainNamed / slots,
                (double) plainAll / repetitions,
                oracleNamed / slots,
                (double) oracleAll / repetitions);
    }

    /** How many of the first columns are called. */
    private static int named(double[] adjusted, int columns) {
        int named = 0;
        for (int c = 0; c < columns; c++) {
            named += adjusted[c] <= LEVEL ? 1 : 0;
        }
        return named;
    }

    /** Of the difference of means of values whose variance is known to be 1. */
    private static double oracle(double[] before, double[] after) {
        double apart = Arrays.stream(after).sum() / after.length
                - Arrays.stream(before).sum() / before.length;
        double z = apart / Math.sqrt(1.0 / before.length + 1.0 / after.length);
        return Math.min(1, Erf.erfc(Math.abs(z) / Math.sqrt(2)));
    }

    /** By Box and Muller. */
    private static double[] normal(SplittableRandom random, int size, double mean, double scale) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
            values[i] = mean + scale * radius * Math.cos(2 * Math.PI * random.nextDouble());
        }
        return values;
    }

    private static int[] numbers(String text) {
        return Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
    }
}
