package io.leeway.cli.bakeoff;

import io.leeway.core.bakeoff.TrialResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came out of a bake-off, for programs. */
final class BakeoffJson {
    private final String protocol;
    private final Measure measure;
    private final List<Standing> standings;
    private final List<String> policies;

    BakeoffJson(String protocol, Measure measure, List<Standing> standings) {
        this.protocol = protocol;
        this.measure = measure;
        this.standings = List.copyOf(standings);
        this.policies = List.copyOf(standings.get(0).results().keySet());
    }

    /** Figures by set and policy, and by policy over all sets. */
    Map<String, Object> of(Map<String, Object> settings) {
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
        Standing.Figure figure = measure.overSets(standings, policy);
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
