package io.leeway.cli.bakeoff;

import io.leeway.core.bakeoff.TrialResult;
import io.leeway.simulator.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/** What came out of a bake-off, for people and for programs. */
final class BakeoffReport {
    /** More columns than this do not fit on a terminal. */
    private static final int POLICIES_ABREAST = 5;

    private final String protocol;
    private final Measure measure;
    private final List<Standing> standings;
    private final List<String> policies;
    private final Map<String, String> shortNames;

    /** What a protocol is judged by. */
    enum Measure {
        LOSS("loss", "mean loss of a step") {
            @Override
            Standing.Figure of(Standing standing, String policy) {
                return standing.loss(policy);
            }
        },
        REGRET("regret", "regret, uniform = 100") {
            @Override
            Standing.Figure of(Standing standing, String policy) {
                return standing.figure(policy, TrialResult::relativeRegret);
            }
        };

        private final String heading;
        private final String meaning;

        Measure(String heading, String meaning) {
            this.heading = heading;
            this.meaning = meaning;
        }

        abstract Standing.Figure of(Standing standing, String policy);
    }

    BakeoffReport(String protocol, Measure measure, List<Standing> standings) {
        this.protocol = protocol;
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
                : standing.streams().size() + " streams: " + String.join(", ", standing.streams());
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
                .column("measure", measure.heading, 4)
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
                    measure.meaning + " +- standard error",
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
                .map(policy -> (Object) overSets(policy).toString())
                .toList();
    }

    /** The mean over the sets, each of the same weight. */
    private Standing.Figure overSets(String policy) {
        double sum = 0;
        double variance = 0;
        for (Standing standing : standings) {
            Standing.Figure figure = measure.of(standing, policy);
            sum += figure.mean();
            variance += figure.standardError() * figure.standardError();
        }
        int sets = standings.size();
        return new Standing.Figure(sum / sets, Math.sqrt(variance) / sets);
    }

    /** Figures by set and policy, and by policy over all sets. */
    Map<String, Object> json(Map<String, Object> settings) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("protocol", protocol);
        json.put("settings", settings);
        Map<String, Object> over = new LinkedHashMap<>();
        policies.forEach(
                policy -> over.put(policy, standings.size() == 1 ? json(standings.get(0), policy) : all(policy)));
        json.put("policies", over);
        Map<String, Object> sets = new LinkedHashMap<>();
        for (Standing standing : standings) {
            TrialResult first = standing.first();
            Map<String, Object> set = new LinkedHashMap<>();
            set.put("rows", first.steps());
            set.put("actions", first.actions());
            set.put("features", first.features());
            set.put("streams", standing.streams());
            Map<String, Object> byPolicy = new LinkedHashMap<>();
            policies.forEach(policy -> byPolicy.put(policy, json(standing, policy)));
            set.put("policies", byPolicy);
            sets.put(standing.set(), set);
        }
        json.put("sets", sets);
        return json;
    }

    private Map<String, Object> json(Standing standing, String policy) {
        List<TrialResult> trials = standing.results().get(policy);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("loss", standing.loss(policy).mean());
        json.put("standardError", standing.loss(policy).standardError());
        json.put("rows", standing.first().steps());
        json.put("actions", standing.first().actions());
        json.put("features", standing.first().features());
        json.put(
                "cpuMicrosPerStep",
                standing.figure(policy, TrialResult::cpuMicrosPerStep).mean());
        json.put("meanReward", standing.figure(policy, TrialResult::meanReward).mean());
        Standing.Figure regret = standing.figure(policy, TrialResult::relativeRegret);
        json.put("relativeRegret", regret.mean());
        json.put("relativeRegretStandardError", trials.size() > 1 ? regret.standardError() : null);
        json.put(
                "smallestProbability",
                trials.stream()
                        .mapToDouble(TrialResult::smallestProbability)
                        .min()
                        .orElseThrow());
        json.put("streamLosses", trials.stream().map(TrialResult::loss).toList());
        json.put("course", course(trials));
        return json;
    }

    private static List<Double> course(List<TrialResult> trials) {
        List<Double> course = new ArrayList<>();
        for (int part = 0; part < trials.get(0).course().size(); part++) {
            int index = part;
            course.add(trials.stream()
                    .mapToDouble(trial -> trial.course().get(index))
                    .average()
                    .orElseThrow());
        }
        return course;
    }

    private Map<String, Object> all(String policy) {
        Map<String, Object> json = new LinkedHashMap<>();
        Standing.Figure figure = overSets(policy);
        boolean loss = measure == Measure.LOSS;
        json.put(loss ? "loss" : "relativeRegret", figure.mean());
        json.put(loss ? "standardError" : "relativeRegretStandardError", figure.standardError());
        json.put(
                "rows", standings.stream().mapToLong(set -> set.first().steps()).sum());
        json.put(
                "cpuMicrosPerStep",
                standings.stream()
                        .mapToDouble(set -> set.figure(policy, TrialResult::cpuMicrosPerStep)
                                .mean())
                        .average()
                        .orElseThrow());
        return json;
    }
}
