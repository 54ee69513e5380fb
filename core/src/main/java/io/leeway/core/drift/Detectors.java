package io.leeway.core.drift;

import io.leeway.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The sequential detectors by name, with their authors' usual settings, and their states as JSON. */
public final class Detectors {
    /** The default. */
    public static final String E_DETECTOR = "e-detector";

    private static final List<String> NAMES =
            List.of(E_DETECTOR, "adwin", "page-hinkley", "cusum", "hddm-a", "hddm-w", "ddm", "eddm", "kswin");

    private Detectors() {}

    public static List<String> names() {
        return NAMES;
    }

    /**
     * A new detector; case, - and _ in the name do not matter.
     *
     * @param budget values in which at most one false alarm is wanted, at least 1: what the e-detector and CUSUM keep to; the others
     *     have their authors' settings
     */
    public static Detector of(String name, double budget) {
        if (!(budget >= 1)) {
            throw new IllegalArgumentException("must be >= 1: budget=" + budget);
        }
        return switch (plain(name)) {
            case "edetector" -> EDetector.withBudget(budget);
            case "adwin" -> new Adwin(0.002);
            case "pagehinkley" -> new PageHinkley(0.005, 50, 30);
            case "cusum" -> Cusum.withRunLength(0.25, EDetector.CAUTION * budget, EDetector.WARM_UP);
            case "hddma" -> new HddmA(0.001);
            case "hddmw" -> new HddmW(0.001, 0.05);
            case "ddm" -> new Ddm(3);
            case "eddm" -> new Eddm(0.9);
            case "kswin" -> new Kswin(0.005, 100, 30);
            default -> throw new IllegalArgumentException("must be one of " + NAMES + ": detector=" + name);
        };
    }

    /** The state with the name of its detector. */
    public static Map<String, Object> toJson(Detector detector) {
        String name = plain(detector.getClass().getSimpleName());
        return Map.of("detector", name, "state", detector.toJson());
    }

    public static Detector fromJson(Map<String, ?> json) {
        JsonObject object = JsonObject.of(json);
        @SuppressWarnings("unchecked") // A JSON object's names are text.
        Map<String, Object> state = (Map<String, Object>) object.value("state");
        return switch (object.text("detector")) {
            case "edetector" -> EDetector.fromJson(state);
            case "adwin" -> Adwin.fromJson(state);
            case "pagehinkley" -> PageHinkley.fromJson(state);
            case "cusum" -> Cusum.fromJson(state);
            case "hddma" -> HddmA.fromJson(state);
            case "hddmw" -> HddmW.fromJson(state);
            case "ddm" -> Ddm.fromJson(state);
            case "eddm" -> Eddm.fromJson(state);
            case "kswin" -> Kswin.fromJson(state);
            default -> throw new IllegalArgumentException("must be known: detector=" + object.text("detector"));
        };
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
