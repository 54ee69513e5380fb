package io.leeway.cli.drift;

import io.leeway.core.drift.TableCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Plants every fault into every column that it can befall, one at a time, and counts what the check says of each, beyond what it says
 * without: whether the column is named, whether by a check that says what is wrong, and whether others are.
 */
final class FaultCount {
    static final String SWAPPED = "two columns changed places";
    static final String DAY_TWICE = "a day loaded twice";
    static final String LATE_TWICE = "one in thirty rows sent again";

    private final TableFile reference;
    private final TableFile current;
    private final TableCheck.Settings settings;
    private final SplittableRandom random;
    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();

    /** Finding without a fault, as in "completeness_check fare". */
    private final Set<String> without;

    /**
     * What became of one kind of fault.
     *
     * @param named the column was named by any check
     * @param rightly by one that says what is wrong
     * @param known the same was said without the fault, so that nothing can be seen; not among the planted
     * @param others faults with which other columns were named, too
     */
    record Tally(int planted, int named, int rightly, int known, int others) {
        static final Tally NONE = new Tally(0, 0, 0, 0, 0);

        Tally plus(Tally more) {
            return new Tally(
                    planted + more.planted,
                    named + more.named,
                    rightly + more.rightly,
                    known + more.known,
                    others + more.others);
        }
    }

    private FaultCount(TableFile reference, TableFile current, TableCheck.Settings settings, long seed) {
        this.reference = reference;
        this.current = current;
        this.settings = settings;
        this.random = new SplittableRandom(seed);
        this.without = found(current);
    }

    static FaultCount of(TableFile reference, TableFile current, TableCheck.Settings settings, long seed) {
        FaultCount count = new FaultCount(reference, current, settings, seed);
        count.plantAll();
        return count;
    }

    private void plantAll() {
        for (Fault fault : Fault.values()) {
            for (TableColumn column : current.columns()) {
                if (reference.byName().containsKey(column.name()) && fault.befalls(column)) {
                    plant(fault, column);
                }
            }
        }
        swaps();
        rows(DAY_TWICE, Rows.dayTwice(current));
        rows(LATE_TWICE, Rows.lateTwice(current, random.split()));
    }

    private void plant(Fault fault, TableColumn column) {
        List<TableColumn> columns = new ArrayList<>();
        for (TableColumn one : current.columns()) {
            TableColumn changed = one == column ? fault.in(one, random.split()) : one;
            if (changed != null) {
                columns.add(changed);
            }
        }
        Set<String> also = fault == Fault.NEW_NAME ? Set.of(column.name() + "_v2") : Set.of();
        Set<String> right = rightly(fault, column.name());
        judge(
                fault.words(),
                column.name(),
                right,
                also,
                found(new TableFile(current.source(), current.rows(), columns)));
    }

    private static Set<String> rightly(Fault fault, String column) {
        return Set.of(
                        Finding.DRIFT,
                        Finding.COMPLETENESS,
                        Finding.DATA_TYPE,
                        Finding.CATEGORICAL_VALUES,
                        Finding.MISSING_COLUMN)
                .stream()
                .filter(fault::isNamedBy)
                .map(check -> check + " " + column)
                .collect(Collectors.toSet());
    }

    /** Each column of numbers with the next one that is not alike. */
    private void swaps() {
        List<TableColumn> numbers = current.columns().stream()
                .filter(column -> column.isNumbers() && !column.isEmpty())
                .toList();
        for (int i = 0; i + 1 < numbers.size(); i += 2) {
            TableColumn one = numbers.get(i);
            TableColumn other = numbers.get(i + 1);
            List<TableColumn> columns = current.columns().stream()
                    .map(column -> column == one
                            ? Fault.named(other, one.name())
                            : column == other ? Fault.named(one, other.name()) : column)
                    .toList();
            judge(
                    SWAPPED,
                    one.name(),
                    Set.of(Finding.DRIFT + " " + one.name(), Finding.COMPLETENESS + " " + one.name()),
                    Set.of(other.name()),
                    found(new TableFile(current.source(), current.rows(), columns)));
        }
    }

    private void rows(String fault, TableFile changed) {
        judge(fault, "", Set.of(Finding.DUPLICATES + " "), Set.of(), found(changed));
    }

    private void judge(String fault, String column, Set<String> right, Set<String> also, Set<String> found) {
        Set<String> news = new TreeSet<>(found);
        news.removeAll(without);
        boolean rightly = news.stream().anyMatch(right::contains);
        boolean known = !rightly && without.stream().anyMatch(right::contains);
        boolean named = news.stream().anyMatch(one -> column(one).equals(column));
        List<String> others = news.stream()
                .filter(one -> !column(one).equals(column) && !also.contains(column(one)))
                .toList();
        tallies.merge(
                fault,
                known
                        ? new Tally(0, 0, 0, 1, 0)
                        : new Tally(1, named ? 1 : 0, rightly ? 1 : 0, 0, others.isEmpty() ? 0 : 1),
                Tally::plus);
        String where = column.isEmpty() ? fault : column + ", " + fault;
        if (!known && !named) {
            remarks.add(where + ": not found");
        } else if (!known && !rightly) {
            remarks.add(where + ": told as " + String.join(", ", news));
        }
        if (!known && !others.isEmpty()) {
            remarks.add(where + ": names also " + String.join(", ", others));
        }
    }

    private static String column(String found) {
        return found.substring(found.indexOf(' ') + 1);
    }

    private Set<String> found(TableFile table) {
        return DriftCheck.of(reference, table, settings).findings().stream()
                .map(one -> one.check() + " " + (one.column() == null ? "" : one.column()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** By kind of fault. */
    Map<String, Tally> tallies() {
        return tallies;
    }

    Tally all() {
        return tallies.values().stream().reduce(Tally.NONE, Tally::plus);
    }

    /** Findings with no fault planted, as in "baseline_drift_check fare". */
    Set<String> without() {
        return without;
    }

    /** What was not found, not named rightly, or named beside. */
    List<String> remarks() {
        return remarks;
    }
}
