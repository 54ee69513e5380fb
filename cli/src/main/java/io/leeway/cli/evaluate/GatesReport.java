package io.leeway.cli.evaluate;

import io.leeway.cli.JsonOption;
import io.leeway.core.promotion.study.GateStudy;
import io.leeway.core.promotion.study.StudyResult;
import io.leeway.core.promotion.study.StudyResult.OfKind;
import io.leeway.core.promotion.study.StudyResult.Promotions;
import io.leeway.core.promotion.study.StudyResult.Share;
import io.leeway.core.promotion.study.StudySettings;
import io.leeway.report.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Counts, over simulated candidates whose worth is known, what the gates let through and what they keep out. */
final class GatesReport {
    private static final double MOST_WRONG = 0.05;
    private static final double FEWEST_RIGHT = 0.8;

    private final StudySettings settings;
    private final long seed;
    private final JsonOption json;
    private final PrintStream out;

    GatesReport(int candidates, long seed, JsonOption json) {
        this.settings = StudySettings.DEFAULT.withCandidates(candidates);
        this.seed = seed;
        this.json = json;
        this.out = json.words();
    }

    /** @return the exit status: 1 if a promise was not kept */
    int run() throws IOException {
        StudyResult result;
        int perWorld = GateStudy.perWorld();
        long all = (settings.candidates() + perWorld - 1) / perWorld * (long) perWorld;
        try (Progress progress = Progress.of("judging", all)) {
            result = new GateStudy(settings, seed, System::nanoTime).run(progress::advance);
        }
        boolean kept = print(result);
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("seed", seed);
        report.put("kept", kept);
        report.put("result", result);
        json.write(report);
        return kept ? 0 : 1;
    }

    private boolean print(StudyResult result) {
        line(
                "%d candidates; each has %d logged rows, a fifth of them held out; a canary of share %.2g over at most"
                        + " %d events; tolerance %.2g of the champion's value; rewards 0 or 1",
                result.candidates(),
                settings.rows(),
                settings.canaryShare(),
                settings.liveEvents(),
                settings.tolerance());
        line("");
        line("share of the candidates that each gate would refuse by itself; what a canary alone would do; and what"
                + " was promoted");
        line(
                "%-34s %5s %8s   %6s %8s %8s   %9s %9s %7s   %7s %7s",
                "candidate",
                "count",
                "worth",
                "data",
                "quality",
                "serving",
                "roll back",
                "promote",
                "events",
                "direct",
                "canary");
        for (OfKind kind : result.kinds()) {
            line(
                    "%-34s %5d %+8.3f   %6s %8s %8s   %9s %9s %7d   %7s %7s",
                    kind.kind().words(),
                    kind.candidates(),
                    kind.meanTruth(),
                    percent(kind.data()),
                    percent(kind.quality()),
                    percent(kind.serving()),
                    percent(kind.rolledBack()),
                    percent(kind.livePromoted()),
                    kind.liveEvents(),
                    percent(kind.promotedDirect()),
                    percent(kind.promotedCanary()));
        }
        line("");
        boolean kept = true;
        for (Promotions promotions : result.promotions()) {
            kept &= print(promotions);
        }
        return kept;
    }

    private boolean print(Promotions promotions) {
        share(promotions.way(), "lose more than the tolerance, promoted", promotions.wrong());
        share("", "lose anything at all, promoted", promotions.losing());
        share("", "worlds with a promotion that loses more than the tolerance", promotions.wrongWorlds());
        share("", String.format(Locale.ROOT, "gain %.2g or more, promoted", settings.effect()), promotions.right());
        return promotions.wrong().value() <= MOST_WRONG && promotions.right().value() >= FEWEST_RIGHT;
    }

    private void share(String way, String what, Share share) {
        line(
                "%-7s %-58s %4d of %4d: %6s  [%s, %s]",
                way,
                what,
                share.count(),
                share.of(),
                percent(share.value()),
                percent(share.lower()),
                percent(share.upper()));
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
