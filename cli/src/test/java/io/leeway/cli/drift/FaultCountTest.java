package io.leeway.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.cli.drift.FaultCount.Tally;
import io.leeway.core.drift.TableCheck;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A table of 6,000 rows by java.util.Random(1000): a distance, a price, a fraction, a temperature, a count, a shop, a flag, a time. */
class FaultCountTest {
    private static final int ROWS = 6_000;

    private static TableFile table() {
        Random random = new Random(1000);
        double[][] numbers = new double[5][ROWS];
        String[][] words = new String[2][ROWS];
        long[] times = new long[ROWS];
        for (int row = 0; row < ROWS; row++) {
            numbers[0][row] = Math.exp(0.6 + 0.8 * random.nextGaussian());
            numbers[1][row] = Math.rint(100 * (3 + 20 * random.nextDouble())) / 100;
            numbers[2][row] = random.nextDouble();
            numbers[3][row] = 12 + 8 * random.nextGaussian();
            numbers[4][row] = random.nextInt(3);
            words[0][row] = "shop " + random.nextInt(12);
            words[1][row] = random.nextDouble() < 0.9 ? "N" : "Y";
            double hour = 13 + 4 * random.nextGaussian();
            times[row] = 1_600_000_000L / 86_400 * 86_400 + row / 200 * 86_400L + (long) (3600 * hour);
        }
        return new TableFile(
                "shops",
                ROWS,
                List.of(
                        TableColumn.ofNumbers("distance", numbers[0]),
                        TableColumn.ofNumbers("price", numbers[1]),
                        TableColumn.ofNumbers("fraction", numbers[2]),
                        TableColumn.ofNumbers("temperature", numbers[3]),
                        TableColumn.ofNumbers("items", numbers[4]),
                        TableColumn.ofWords("shop", words[0]),
                        TableColumn.ofWords("returned", words[1]),
                        TableColumn.ofMoments("sold", times)));
    }

    @Test
    void everyFaultIsFoundAndNamedAndNothingBeside() {
        List<TableFile> halves = Rows.halves(table(), 1);
        FaultCount count = FaultCount.of(halves.get(0), halves.get(1), TableCheck.Settings.DEFAULT, 1);
        assertThat(count.without()).isEmpty();
        Tally all = count.all();
        assertThat(count.tallies()).hasSize(Fault.values().length + 3);
        assertThat(all.planted()).isGreaterThan(60);
        assertThat(count.remarks()).isEmpty();
        assertThat(all).isEqualTo(new Tally(all.planted(), all.planted(), all.planted(), 0, 0));
    }

    /**
     * A price that hardly changes from row to row, by java.util.Random(7), beside a column that has one value for a third of the
     * table: tests know little of such columns, rules must.
     */
    @Test
    void faultsOfSlowColumnsAreFoundToo() {
        Random random = new Random(7);
        double[] price = new double[ROWS];
        double[] demand = new double[ROWS];
        double[] sold = new double[ROWS];
        double at = 0;
        for (int row = 0; row < ROWS; row++) {
            at = 0.99 * at + 0.06 * random.nextGaussian();
            price[row] = Math.exp(at);
            sold[row] = random.nextDouble();
            demand[row] = row < ROWS / 3 ? 0.4229 : 0.4 + 0.1 * at;
        }
        TableFile table = new TableFile(
                "market",
                ROWS,
                List.of(
                        TableColumn.ofNumbers("price", price),
                        TableColumn.ofNumbers("demand", demand),
                        TableColumn.ofNumbers("sold", sold)));
        List<TableFile> halves = Rows.halves(table, 1);
        FaultCount count = FaultCount.of(halves.get(0), halves.get(1), TableCheck.Settings.DEFAULT, 1);
        assertThat(count.without()).isEmpty();
        assertThat(count.remarks()).isEmpty();
        assertThat(count.all().planted()).isGreaterThan(20);
        assertThat(DriftCheck.of(halves.get(0), table(halves.get(1), Fault.KILOMETRES), TableCheck.Settings.DEFAULT)
                        .findings())
                .extracting(Finding::words)
                .anyMatch(words -> words.startsWith("price: every value × 1.61, as if miles had become kilometres"));
        assertThat(DriftCheck.of(halves.get(0), table(halves.get(1), Fault.CONSTANT), TableCheck.Settings.DEFAULT)
                        .findings())
                .extracting(Finding::words)
                .anyMatch(words -> words.matches("price: constant, .* in every row, where it had 3,000 values"));
    }

    @Test
    void aCounterThatStandsStillIsNotLeftOutAsACounter() {
        double[] first = new double[200];
        double[] second = new double[200];
        double[] stuck = new double[200];
        Arrays.setAll(first, row -> row);
        Arrays.setAll(second, row -> 200 + row);
        Arrays.fill(stuck, 200);
        assertThat(counted(first, second)).isEmpty();
        assertThat(counted(first, stuck)).containsExactly("row: constant, 200 in every row, where it had 200 values");
    }

    private static List<String> counted(double[] before, double[] after) {
        TableFile first = new TableFile("first", before.length, List.of(TableColumn.ofNumbers("row", before)));
        TableFile second = new TableFile("second", after.length, List.of(TableColumn.ofNumbers("row", after)));
        return DriftCheck.of(first, second, TableCheck.Settings.DEFAULT).findings().stream()
                .filter(finding -> finding.column() != null)
                .map(Finding::words)
                .toList();
    }

    private static TableFile table(TableFile table, Fault fault) {
        SplittableRandom random = new SplittableRandom(1);
        return new TableFile(
                table.source(),
                table.rows(),
                table.columns().stream().map(column -> fault.in(column, random)).toList());
    }

    /** A check that calls hardly anything drift misses faults, and the count says so. */
    @Test
    void aCheckThatSleepsIsToldFromOneThatDoesNot() {
        List<TableFile> halves = Rows.halves(table(), 1);
        FaultCount count = FaultCount.of(halves.get(0), halves.get(1), new TableCheck.Settings(0.05, 0.9, 0.9), 1);
        assertThat(count.all().named()).isLessThan(count.all().planted());
        assertThat(count.remarks()).anyMatch(remark -> remark.endsWith("not found"));
    }

    @Test
    void rowsAreHalvedAndDoubledAsTheySay() {
        TableFile table = table();
        List<TableFile> halves = Rows.halves(table, 7);
        assertThat(halves.get(0).rows() + halves.get(1).rows()).isEqualTo(ROWS);
        double[] all = table.columns().get(0).present();
        double[] both = java.util.stream.DoubleStream.concat(
                        Arrays.stream(halves.get(0).columns().get(0).present()),
                        Arrays.stream(halves.get(1).columns().get(0).present()))
                .toArray();
        Arrays.sort(all);
        Arrays.sort(both);
        assertThat(both).containsExactly(all);
        assertThat(Rows.dayTwice(table).rows()).isEqualTo(ROWS + ROWS / 30);
    }
}
