package io.leeway.cli.bakeoff;

import io.leeway.core.bakeoff.TrialResult;
import io.leeway.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/** What came out of a bake-off, as tables for people. */
final class BakeoffReport {
    /** More columns than this do not fit on a terminal. */
    private static final int POLICIES_ABREAST = 5;

    private final Measure measure;
    private final List<Standing> standings;
    private final List<String> policies;
    private final Map<String, String> shortNames;

    BakeoffReport(Measure measure, List<Standing> standings) {
        this.measure = measure;
        this.standings = List.copyOf(standings);
        this.policies = List.copyOf(standings.get(0).results().keySet());
        this.shortNames = shortNames(policies);
    }

    /** Names without parameters, numbered where several would be the same: headings that fit. */
    private static Map<String, String> shortNames(List<String> policies) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        policies.forEach(policy -> seen.merge(policy.split(":")[0], 1, Integer::sum));
        Map<String, Integer> numbers = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (String policy : policies) {
            String name = policy.split(":")[0];
            int number = numbers.merge(name, 1, Integer::sum);
            names.put(policy, seen.get(name) > 1 ? name + "#" + number : name);
        }
        return names;
    }

    /** What stands behind the short names. */
    private String legend() {
        StringBuilder legend = new StringBuilder();
        shortNames.forEach((policy, name) -> {
            if (!policy.equals(name)) {
                legend.append(legend.isEmpty() ? "\n" : "")
                        .append(name)
                        .append(" = ")
                        .append(policy)
                        .append('\n');
            }
        });
        return legend.toString();
    }

    String text() {
        return standings.size() == 1 ? oneSet(standings.get(0)) : severalSets() + legend();
    }

    private String oneSet(Standing standing) {
        TrialResult first = standing.first();
        String streams = standing.streams().size() == 1
                ? standing.streams().get(0)
                : "mean of " + standing.streams().size() + " runs";
        Table table = Table.of(
                        "policies",
                        String.format(
                                Locale.ROOT,
                                "%s: %,d rows, %d actions, %d features, %s",
                                standing.set(),
                                first.steps(),
                                first.actions(),
                                first.features(),
                                streams))
                .column("policy", "policy")
                .column("measure", measure.heading(), 4)
                .column("standardError", "std error", 4)
                .column("meanReward", "mean reward", 4)
                .column("first", "first tenth", 4)
                .column("last", "last tenth", 4)
                .column("cpuMicrosPerStep", "CPU us/step", 1);
        for (String policy : policies) {
            Standing.Figure figure = measure.of(standing, policy);
            table.row(
                    policy,
                    figure.mean(),
                    figure.standardError(),
                    standing.figure(policy, TrialResult::meanReward).mean(),
                    standing.figure(policy, trial -> trial.course().get(0)).mean(),
                    standing.figure(policy, trial -> trial.course()
                                    .get(trial.course().size() - 1))
                            .mean(),
                    standing.figure(policy, TrialResult::cpuMicrosPerStep).mean());
        }
        return table.toText();
    }

    private String severalSets() {
        StringBuilder text = new StringBuilder();
        for (int from = 0; from < policies.size(); from += POLICIES_ABREAST) {
            List<String> abreast = policies.subList(from, Math.min(policies.size(), from + POLICIES_ABREAST));
            text.append(matrix(
                    abreast,
                    measure.meaning() + " +- standard error",
                    (standing, policy) -> measure.of(standing, policy).toString(),
                    mean(abreast)));
            text.append('\n');
        }
        for (int from = 0; from < policies.size(); from += 2 * POLICIES_ABREAST) {
            List<String> abreast = policies.subList(from, Math.min(policies.size(), from + 2 * POLICIES_ABREAST));
            text.append(matrix(
                    abreast,
                    "CPU time of a step (decide and learn), microseconds",
                    (standing, policy) -> standing.figure(policy, TrialResult::cpuMicrosPerStep)
                            .mean(),
                    List.of()));
            text.append(from + 2 * POLICIES_ABREAST < policies.size() ? "\n" : "");
        }
        return text.toString();
    }

    private String matrix(
            List<String> abreast, String title, BiFunction<Standing, String, Object> cell, List<Object> last) {
        Table table = Table.of("sets", Character.toUpperCase(title.charAt(0)) + title.substring(1))
                .column("set", "set")
                .column("streams", "runs")
                .column("rows", "rows")
                .column("actions", "actions")
                .column("features", "features");
        abreast.forEach(policy -> table.column(policy, shortNames.get(policy), 1));
        for (Standing standing : standings) {
            TrialResult first = standing.first();
            List<Object> row = new ArrayList<>(List.of(
                    standing.set(), standing.streams().size(), first.steps(), first.actions(), first.features()));
            abreast.forEach(policy -> row.add(cell.apply(standing, policy)));
            table.row(row.toArray());
        }
        if (!last.isEmpty()) {
            List<Object> row = new ArrayList<>(Arrays.asList("mean", null, null, null, null));
            row.addAll(last);
            table.row(row.toArray());
        }
        return table.toText();
    }

    private List<Object> mean(List<String> abreast) {
        return abreast.stream()
                .map(policy -> (Object) measure.overSets(standings, policy).toString())
                .toList();
    }
}
