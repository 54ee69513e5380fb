package io.leeway.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run leaves behind: one HTML page that needs nothing else, the same as text for a terminal, and as JSON. Sections
 * stand in the order in which they were added. Not thread safe while it is filled.
 */
public final class Report {

    private final String title;
    private final List<Section> sections = new ArrayList<>();
    private String summary = "";
    private String verdict = "";
    private boolean good = true;
    private String footer = "";

    private sealed interface Section {}

    private record TableSection(Table table) implements Section {}

    private record PlotSection(Plot plot) implements Section {}

    private record FactsSection(String key, String heading, Map<String, String> facts) implements Section {}

    private record TextSection(String heading, String text) implements Section {}

    private Report(String title) {
        this.title = title;
    }

    public static Report of(String title) {
        return new Report(title);
    }

    /** One sentence: what was done and what came of it. */
    public Report summary(String sentence) {
        summary = sentence;
        return this;
    }

    /** Whether what was to be shown did hold, in a few words. */
    public Report verdict(boolean held, String words) {
        good = held;
        verdict = words;
        return this;
    }

    public Report table(Table table) {
        sections.add(new TableSection(table));
        return this;
    }

    public Report plot(Plot plot) {
        sections.add(new PlotSection(plot));
        return this;
    }

    /** Names and what they are, in two columns. */
    public Report facts(String key, String heading, Map<String, String> facts) {
        sections.add(new FactsSection(key, heading, new LinkedHashMap<>(facts)));
        return this;
    }

    /** A paragraph under a heading. */
    public Report text(String heading, String paragraph) {
        sections.add(new TextSection(heading, paragraph));
        return this;
    }

    /** Small print at the end: when, where, by which version. */
    public Report footer(String words) {
        footer = words;
        return this;
    }

    /** The page, complete. */
    public String toHtml() {
        StringBuilder html = new StringBuilder(
                        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(Html.escape(title))
                .append("</title>\n<style>\n")
                .append(Html.STYLE)
                .append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(Html.escape(title))
                .append("</h1>\n");
        if (!verdict.isEmpty()) {
            html.append("<div class=\"verdict ")
                    .append(good ? "good" : "bad")
                    .append("\">")
                    .append(Html.escape(verdict))
                    .append("</div>\n");
        }
        if (!summary.isEmpty()) {
            html.append("<p>").append(Html.escape(summary)).append("</p>\n");
        }
        sections.forEach(section -> html.append(section(section)).append('\n'));
        if (!footer.isEmpty()) {
            html.append("<footer>").append(Html.escape(footer)).append("</footer>\n");
        }
        return html.append("</main>\n</body>\n</html>\n").toString();
    }

    /** Tables, facts and verdict for a terminal. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        for (Section section : sections) {
            if (section instanceof TableSection part) {
                text.append(part.table().toText()).append('\n');
            } else if (section instanceof FactsSection part) {
                int width = part.facts().keySet().stream()
                        .mapToInt(String::length)
                        .max()
                        .orElse(0);
                text.append(part.heading()).append('\n');
                part.facts().forEach((name, fact) -> text.append("  ")
                        .append(name)
                        .append(" ".repeat(width - name.length() + 2))
                        .append(fact)
                        .append('\n'));
                text.append('\n');
            }
        }
        return text.append(summary)
                .append(summary.isEmpty() ? "" : "\n")
                .append(verdict)
                .append('\n')
                .toString();
    }

    /** Title, verdict, summary, and every table and list of facts by its key. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("title", title);
        json.put("held", good);
        json.put("verdict", verdict);
        json.put("summary", summary);
        for (Section section : sections) {
            if (section instanceof TableSection part) {
                json.put(part.table().key(), part.table().toJson());
            } else if (section instanceof FactsSection part) {
                json.put(part.key(), part.facts());
            }
        }
        return json;
    }

    /** Writes the page; it is there whole or not at all. */
    public void write(Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.createDirectories(file.toAbsolutePath().getParent());
        try {
            Files.writeString(part, toHtml());
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static String section(Section section) {
        if (section instanceof TableSection part) {
            return heading(part.table().title()) + part.table().toHtml();
        }
        if (section instanceof PlotSection part) {
            return heading(part.plot().title()) + part.plot().toHtml();
        }
        if (section instanceof TextSection part) {
            return heading(part.heading()) + "<p>" + Html.escape(part.text()) + "</p>";
        }
        FactsSection part = (FactsSection) section;
        StringBuilder html = new StringBuilder(heading(part.heading())).append("<table class=\"facts\"><tbody>\n");
        part.facts().forEach((name, fact) -> html.append("<tr><td>")
                .append(Html.escape(name))
                .append("</td><td>")
                .append(Html.escape(fact))
                .append("</td></tr>\n"));
        return html.append("</tbody></table>").toString();
    }

    private static String heading(String words) {
        return "<h2>" + Html.escape(words) + "</h2>\n";
    }
}
