package io.leeway.training.http;

import io.leeway.contracts.rest.GateVerdict;
import io.leeway.contracts.rest.Lineage;
import io.leeway.contracts.rest.ModelCard;
import io.leeway.report.Plot;
import io.leeway.report.Report;
import io.leeway.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A model card as a page. Stateless. */
final class CardPage {
    private static final int DECIMALS = 4;

    private CardPage() {}

    /** @param losses the training's loss curve as the registry has it, or null */
    static String of(ModelCard card, Object losses) {
        boolean passed = card.gates().stream().allMatch(GateVerdict::passed);
        Report report = Report.of(card.loop() + ", version " + card.version())
                .summary(card.purpose() == null ? "What this loop is for has not been described." : card.purpose())
                .verdict(passed, passed ? "passed every gate" : "did not pass every gate")
                .facts("model", "Model", model(card));
        report.facts("lineage", "What led to it", lineage(card.lineage()))
                .facts("data", "Data", data(card.data()))
                .table(limits(card))
                .table(metrics(card));
        plot(losses, report);
        report.table(gates(card));
        if (!card.segments().isEmpty()) {
            report.table(segments(card.segments()));
        }
        if (!card.inputs().isEmpty()) {
            report.table(inputs(card));
        }
        if (!card.actions().isEmpty()) {
            Table actions = Table.of("actions", "Actions in training")
                    .column("action", "action")
                    .column("rows", "rows");
            card.actions().forEach(action -> actions.row(action.action(), action.rows()));
            report.table(actions);
        }
        report.facts("parameters", "Parameters", words(card.parameters()));
        return report.footer("Registered " + card.createdAt() + ", job "
                        + (card.lineage() == null ? "unknown" : card.lineage().jobId()))
                .toHtml();
    }

    private static Map<String, String> model(ModelCard card) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kind", card.kind().name().toLowerCase(Locale.ROOT));
        facts.put("learner", card.learner());
        facts.put("roles now", card.roles().isEmpty() ? "none" : String.join(", ", card.roles()));
        facts.put("registered", card.createdAt().toString());
        card.tags().forEach((name, value) -> facts.put("tag " + name, value));
        return facts;
    }

    private static Map<String, String> lineage(Lineage lineage) {
        Map<String, String> facts = new LinkedHashMap<>();
        if (lineage == null) {
            facts.put("cause", "not known");
            return facts;
        }
        put(
                facts,
                "cause",
                lineage.cause() == null ? null : lineage.cause().name().toLowerCase(Locale.ROOT));
        put(facts, "reason", lineage.reason());
        put(facts, "asked by", lineage.by());
        put(facts, "drift", lineage.driftId());
        put(facts, "request", lineage.requestId());
        put(
                facts,
                "champion that it was judged against",
                lineage.parent() == null ? "none" : "version " + lineage.parent());
        return facts;
    }

    private static Map<String, String> data(ModelCard.Data data) {
        Map<String, String> facts = new LinkedHashMap<>();
        put(facts, "rows", data.rows() == null ? null : String.format(Locale.ROOT, "%,d", data.rows()));
        put(facts, "from", data.from());
        put(facts, "to", data.to());
        put(facts, "data set", data.dataset());
        put(facts, "sha256", data.sha256());
        return facts;
    }

    private static Table limits(ModelCard card) {
        Table table =
                Table.of("limits", "Limits").column("number", "").column("limit", "what it cannot be relied on for");
        for (int i = 0; i < card.limits().size(); i++) {
            table.row(i + 1, card.limits().get(i));
        }
        return table;
    }

    private static Table metrics(ModelCard card) {
        Table table = Table.of("metrics", "Figures").column("name", "figure").column("value", "value", DECIMALS);
        card.metrics().forEach((name, value) -> table.row(name, value));
        return table;
    }

    private static Table gates(ModelCard card) {
        Table table = Table.of("gates", "Gates")
                .column("gate", "gate")
                .column("said", "said")
                .column("reason", "reason");
        card.gates().forEach(gate -> table.row(gate.gate(), gate.passed() ? "passed" : "refused", gate.reason()));
        return table;
    }

    private static Table segments(List<Map<String, Object>> segments) {
        List<String> names = new ArrayList<>(segments.get(0).keySet());
        names.sort(java.util.Comparator.comparingInt(
                name -> List.of("segment", "rows").contains(name)
                        ? List.of("segment", "rows").indexOf(name)
                        : 2));
        Table table = Table.of("segments", "Figures by segment of the held-out rows");
        names.forEach(name -> table.column(name, name, DECIMALS));
        segments.forEach(segment -> table.row(names.stream().map(segment::get).toArray()));
        return table;
    }

    private static Table inputs(ModelCard card) {
        Table table = Table.of("inputs", "Inputs in training")
                .column("path", "input")
                .column("missing", "missing, share", 3)
                .column("smallest", "smallest", DECIMALS)
                .column("median", "median", DECIMALS)
                .column("largest", "largest", DECIMALS)
                .column("words", "most frequent words");
        card.inputs()
                .forEach(input -> table.row(
                        input.path(),
                        input.missing(),
                        input.smallest(),
                        input.median(),
                        input.largest(),
                        input.words().isEmpty() ? null : String.join(", ", input.words())));
        return table;
    }

    private static void plot(Object losses, Report report) {
        if (!(losses instanceof List<?> epochs) || epochs.size() < 2) {
            return;
        }
        Plot plot = Plot.of("Loss by epoch", "epoch", "mean squared error");
        for (String curve : List.of("train", "validation")) {
            List<Plot.Point> points = new ArrayList<>();
            for (Object epoch : epochs) {
                if (epoch instanceof Map<?, ?> loss
                        && loss.get("epoch") instanceof Number x
                        && loss.get(curve) instanceof Number y) {
                    points.add(new Plot.Point(x.doubleValue(), y.doubleValue()));
                }
            }
            if (!points.isEmpty()) {
                plot.curve(curve, points);
            }
        }
        report.plot(plot);
    }

    private static Map<String, String> words(Map<String, Object> values) {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue() != null && !(entry.getValue() instanceof Map))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().toString(),
                        (first, second) -> first,
                        LinkedHashMap::new));
    }

    private static void put(Map<String, String> facts, String name, String value) {
        if (value != null) {
            facts.put(name, value);
        }
    }
}
