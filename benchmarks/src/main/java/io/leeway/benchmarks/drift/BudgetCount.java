package io.leeway.benchmarks.drift;

import io.leeway.core.drift.Detector;
import io.leeway.core.drift.EDetector;
import io.leeway.core.drift.FalseAlarmBudget;
import io.leeway.core.drift.FalseAlarmBudget.Share;
import io.leeway.core.drift.Profile;
import io.leeway.core.drift.ProfileLearner;
import io.leeway.core.drift.TableDrift;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Counts the false alarms of a whole loop on one budget: 20 inputs of many shapes, words among them, tested in overlapping windows
 * against a learned profile, and e-detectors on reward, error and prediction. Arguments: loops, thousands of events each, budget in
 * events, rows of a window (tested anew after every half of one), false discovery level of window tests without a budget, for
 * comparison.
 */
public final class BudgetCount {
    private static final int TRAINING_ROWS = 5000;

    private BudgetCount() {}

    public static void main(String[] arguments) {
        int loops = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        int events = 1000 * (arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500);
        double budget = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 100_000;
        int window = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 500;
        double plainLevel = arguments.length > 4 ? Double.parseDouble(arguments[4]) : 0.05;
        Map<String, Double> weights = new LinkedHashMap<>();
        weights.put("inputs", 3.0);
        List.of("reward", "error", "prediction").forEach(measure -> weights.put(measure, 1.0));
        Map<String, Share> shares = new FalseAlarmBudget(budget).shares(weights);
        Map<String, Integer> alarms = new TreeMap<>();
        int most = 0;
        for (int loop = 0; loop < loops; loop++) {
            Map<String, Integer> here = run(new Random(7000 + loop), events, window, shares, plainLevel);
            here.forEach((watch, count) -> alarms.merge(watch, count, Integer::sum));
            most = Math.max(
                    most, here.values().stream().mapToInt(Integer::intValue).sum() - here.get("plain"));
        }
        double millions = loops * (events / 1e6);
        int all = alarms.values().stream().mapToInt(Integer::intValue).sum() - alarms.get("plain");
        System.out.printf(
                Locale.ROOT,
                "budget: one false alarm in %,.0f events; %d loops of %,d events, 20 inputs, windows of %d%n",
                budget,
                loops,
                events,
                window);
        alarms.forEach((watch, count) -> System.out.printf(
                Locale.ROOT,
                "  %-10s %6d alarms, %.3f per million, %.3f per budget%s%n",
                watch,
                count,
                count / millions,
                count / millions * budget / 1e6,
                watch.equals("plain") ? " (inputs at level " + plainLevel + " each time, in no budget)" : ""));
        System.out.printf(
                Locale.ROOT,
                "  all        %6d alarms, %.3f per million, %.3f per budget (bound 0.333), at most %d in one loop%n",
                all,
                all / millions,
                all / millions * budget / 1e6,
                most);
    }

    private static Map<String, Integer> run(
            Random random, int events, int window, Map<String, Share> shares, double plainLevel) {
        List<ToDoubleFunction<Random>> shapes =
                new ArrayList<>(Streams.stationary().values());
        ProfileLearner training = new ProfileLearner();
        for (int row = 0; row < TRAINING_ROWS; row++) {
            training.observe("t" + row, row(random, shapes));
        }
        Profile reference = training.profile();
        Map<String, Detector> detectors = new TreeMap<>();
        List.of("reward", "error", "prediction")
                .forEach(name ->
                        detectors.put(name, new EDetector(shares.get(name).detectorThreshold(), 100)));
        Map<String, Integer> alarms =
                new TreeMap<>(Map.of("inputs", 0, "plain", 0, "reward", 0, "error", 0, "prediction", 0));
        int half = window / 2;
        double level = shares.get("inputs").level(half);
        List<Map<String, Object>> older = List.of();
        List<Map<String, Object>> newer = new ArrayList<>();
        for (int event = 1; event <= events; event++) {
            newer.add(row(random, shapes));
            double error = random.nextGaussian();
            count(alarms, "reward", detectors.get("reward").add(random.nextDouble() < 0.1 ? 1 : 0));
            count(alarms, "error", detectors.get("error").add(error));
            count(alarms, "prediction", detectors.get("prediction").add(Math.exp(error + random.nextGaussian())));
            if (newer.size() == half) {
                if (!older.isEmpty()) {
                    ProfileLearner current = new ProfileLearner();
                    for (List<Map<String, Object>> rows : List.of(older, newer)) {
                        rows.forEach(row -> current.observe("e" + current.rows(), row));
                    }
                    Profile now = current.profile();
                    count(
                            alarms,
                            "inputs",
                            TableDrift.compare(reference, now, level, 0).drifted());
                    count(
                            alarms,
                            "plain",
                            TableDrift.compare(reference, now, plainLevel, 0).drifted());
                }
                older = newer;
                newer = new ArrayList<>();
            }
        }
        return alarms;
    }

    private static void count(Map<String, Integer> alarms, String watch, boolean alarm) {
        if (alarm) {
            alarms.merge(watch, 1, Integer::sum);
        }
    }

    /** 17 numbers of as many shapes and three words: of two, of five, and of many kinds. */
    private static Map<String, Object> row(Random random, List<ToDoubleFunction<Random>> shapes) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int c = 0; c < shapes.size(); c++) {
            row.put("n" + c, shapes.get(c).applyAsDouble(random));
        }
        row.put("flag", random.nextDouble() < 0.03);
        row.put("kind", "k" + (int) (5 * random.nextDouble() * random.nextDouble()));
        row.put("zone", "z" + (int) (-40 * Math.log(1 - random.nextDouble())));
        return row;
    }
}
