package io.leeway.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the simulator is told, by arguments or else by environment variables.
 *
 * @param prediction address of the prediction-service
 * @param training address of the training-service
 * @param loop name of the loop that it drives
 * @param perSecond decisions per second
 * @param workers users who ask at the same time
 * @param seed of the world
 * @param shiftEvery decisions between two changes of the world; 0 for none
 * @param decisions number of decisions after which to end
 * @param reportEvery time between two lines of report
 * @param patience how long the services may take to come up
 */
public record SimulatorConfig(
        URI prediction,
        URI training,
        String loop,
        double perSecond,
        int workers,
        long seed,
        long shiftEvery,
        long decisions,
        Duration reportEvery,
        Duration patience) {

    /** The arguments, for people. */
    public static final String USAGE = String.join(
            System.lineSeparator(),
            "usage: simulate [--prediction URL] [--training URL] [--loop NAME] [--rate PER_SECOND] [--workers N]",
            "                [--seed N] [--shift-every DECISIONS] [--decisions N] [--report-every SECONDS]",
            "                [--patience SECONDS]",
            "Each can be given as an environment variable instead: LEEWAY_SIMULATOR_RATE for --rate, and so on.");

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("prediction", "http://127.0.0.1:8081"),
            Map.entry("training", "http://127.0.0.1:8083"),
            Map.entry("loop", "simulated"),
            Map.entry("rate", "20"),
            Map.entry("workers", "4"),
            Map.entry("seed", "2"),
            Map.entry("shift-every", "0"),
            Map.entry("decisions", Long.toString(Long.MAX_VALUE)),
            Map.entry("report-every", "10"),
            Map.entry("patience", "180"));

    public SimulatorConfig {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("must be > 0: rate=" + perSecond);
        }
        if (workers < 1) {
            throw new IllegalArgumentException("must be >= 1: workers=" + workers);
        }
        if (shiftEvery < 0) {
            throw new IllegalArgumentException("must be >= 0: shift-every=" + shiftEvery);
        }
        if (decisions < 1) {
            throw new IllegalArgumentException("must be >= 1: decisions=" + decisions);
        }
        if (reportEvery.isNegative() || reportEvery.isZero()) {
            throw new IllegalArgumentException("must be > 0: report-every=" + reportEvery);
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("must be >= 0: patience=" + patience);
        }
    }

    /**
     * Reads arguments of the form {@code --name value}, then the environment, then the defaults.
     *
     * @throws IllegalArgumentException naming the wrong word
     */
    public static SimulatorConfig of(List<String> arguments, Map<String, String> environment) {
        Map<String, String> values = new HashMap<>(DEFAULTS);
        for (String name : DEFAULTS.keySet()) {
            String given = environment.get(
                    "LEEWAY_SIMULATOR_" + name.toUpperCase(Locale.ROOT).replace('-', '_'));
            if (given != null && !given.isBlank()) {
                values.put(name, given);
            }
        }
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i).startsWith("--") ? arguments.get(i).substring(2) : "";
            if (!DEFAULTS.containsKey(name)) {
                throw new IllegalArgumentException("must be one of --"
                        + String.join(", --", new TreeMap<>(DEFAULTS).keySet()) + ": argument=" + arguments.get(i));
            }
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException("must have a value: argument=" + arguments.get(i));
            }
            values.put(name, arguments.get(i + 1));
        }
        return new SimulatorConfig(
                parsed(values, "prediction", SimulatorConfig::address),
                parsed(values, "training", SimulatorConfig::address),
                values.get("loop"),
                parsed(values, "rate", Double::valueOf),
                parsed(values, "workers", Integer::valueOf),
                parsed(values, "seed", Long::valueOf),
                parsed(values, "shift-every", Long::valueOf),
                parsed(values, "decisions", Long::valueOf),
                parsed(values, "report-every", SimulatorConfig::seconds),
                parsed(values, "patience", SimulatorConfig::seconds));
    }

    private static Duration seconds(String text) {
        return Duration.ofMillis((long) (1000 * Double.parseDouble(text)));
    }

    private static URI address(String text) {
        URI address = URI.create(text);
        if (address.getHost() == null) {
            throw new IllegalArgumentException("must be an address such as http://127.0.0.1:8081");
        }
        return address;
    }

    private static <T> T parsed(Map<String, String> values, String name, Function<String, T> parser) {
        try {
            return parser.apply(values.get(name));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("cannot be read: " + name + "=" + values.get(name), wrong);
        }
    }
}
