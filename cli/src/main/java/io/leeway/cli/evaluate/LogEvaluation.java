package io.leeway.cli.evaluate;

import io.leeway.cli.CommandException;
import io.leeway.cli.JsonOption;
import io.leeway.cli.bakeoff.Entrant;
import io.leeway.core.evaluation.Evaluation;
import io.leeway.core.evaluation.EvaluationSettings;
import io.leeway.core.evaluation.InsufficientSupportException;
import io.leeway.core.evaluation.Interval;
import io.leeway.core.evaluation.LoggedRows;
import io.leeway.core.logs.PolicyComparison;
import io.leeway.core.logs.PolicyReplay;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Replays a decision log to a policy, and tells what it would have earned beside what the logged one did. */
final class LogEvaluation {
    /** Faults shown to people; JSON has more. */
    private static final int SHOWN_FAULTS = 5;

    private final Path file;
    private final Entrant policy;
    private final RangeOption options;
    private final JsonOption json;
    private final LogFile log = new LogFile();
    private final PrintStream out;

    LogEvaluation(Path file, Entrant policy, RangeOption options, JsonOption json) {
        this.file = file;
        this.policy = policy;
        this.options = options;
        this.json = json;
        this.out = json.words();
    }

    /** @return the exit status: 1 where there is no answer */
    int run() throws IOException {
        PolicyReplay replay = new PolicyReplay(policy.fresh(), new SplittableRandom(options.seed()));
        log.read(file, replay::add);
        faults();
        if (replay.decisions() == 0) {
            throw new CommandException(
                    file + ": must hold decisions with their rewards, has none in " + log.lines() + " lines");
        }
        LoggedRows rows = replay.rows();
        EvaluationSettings settings = options.settings(rows);
        PolicyComparison comparison = replay.compare(settings);
        Map<String, Object> report = report(replay, comparison);
        print(replay, comparison);
        try {
            Evaluation evaluation = Evaluation.of(rows, settings);
            line("");
            line("The value of %s itself:", policy.label());
            new EvaluationText(out).print(evaluation, options.rangeStated());
            report.putAll(EvaluationReport.of(evaluation, options.rangeStated()));
        } catch (InsufficientSupportException refusal) {
            report.putAll(EvaluationReport.refused(rows, refusal));
        }
        line("");
        line("%s", ComparisonText.sentence(policy.label(), comparison));
        json.write(report);
        return comparison.refusal() == null ? 0 : 1;
    }

    private void faults() {
        if (log.faulty() > 0) {
            line("%d of %d lines could not be used:", log.faulty(), log.lines());
            log.faults().stream()
                    .limit(SHOWN_FAULTS)
                    .forEach(fault -> line("  line %d: %s", fault.line(), fault.reason()));
            if (log.faulty() > SHOWN_FAULTS) {
                line("  and %d more (--json names the first thousand)", log.faulty() - SHOWN_FAULTS);
            }
        }
    }

    private void print(PolicyReplay replay, PolicyComparison comparison) {
        line("%d decisions, %d not activated and left out", replay.decisions(), replay.notActivated());
        line(
                "%d decisions (%.1f %%) had actions that the logged policy could not take: %s was not offered those",
                replay.restricted(), 100.0 * replay.restricted() / replay.decisions(), policy.label());
        line("");
        line("%-26s %12s", "reward per decision", "");
        line("%-26s %12.6g", "logged policy", comparison.logged());
        if (comparison.refusal() != null) {
            return;
        }
        line("%-26s %12.6g", policy.label(), comparison.value());
        line(
                "%-26s %12.6g   [%.6g, %.6g]  std. error %.3g",
                "difference, paired",
                comparison.difference(),
                comparison.interval().lower(),
                comparison.interval().upper(),
                comparison.standardError());
        if (comparison.sequence() != null) {
            line(
                    "%-26s %12s   [%.6g, %.6g]  holds after every event",
                    "confidence sequence",
                    "",
                    comparison.sequence().lower(),
                    comparison.sequence().upper());
        }
        comparison.warnings().forEach(warning -> line("warning: %s", warning));
    }

    private Map<String, Object> report(PolicyReplay replay, PolicyComparison comparison) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("log", file.toString());
        report.put("policy", policy.label());
        report.put("lines", log.lines());
        report.put("decisions", replay.decisions());
        report.put("notActivated", replay.notActivated());
        report.put("restrictedDecisions", replay.restricted());
        report.put("unusableLines", log.faulty());
        report.put(
                "faults",
                log.faults().stream()
                        .map(fault -> Map.of("line", fault.line(), "reason", fault.reason()))
                        .toList());
        Map<String, Object> compared = new LinkedHashMap<>();
        compared.put("logged", comparison.logged());
        boolean answered = comparison.refusal() == null;
        compared.put("policy", answered ? comparison.value() : null);
        compared.put("difference", answered ? comparison.difference() : null);
        compared.put("standardError", answered ? comparison.standardError() : null);
        compared.put("lower", answered ? comparison.interval().lower() : null);
        compared.put("upper", answered ? comparison.interval().upper() : null);
        compared.put("sequence", answered ? ends(comparison.sequence()) : null);
        compared.put("verdict", comparison.verdict().name().toLowerCase(Locale.ROOT));
        compared.put("refusal", comparison.refusal());
        compared.put("warnings", comparison.warnings());
        report.put("comparison", compared);
        report.put("answer", ComparisonText.sentence(policy.label(), comparison));
        return report;
    }

    private static List<Double> ends(Interval interval) {
        return interval == null ? null : List.of(interval.lower(), interval.upper());
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
