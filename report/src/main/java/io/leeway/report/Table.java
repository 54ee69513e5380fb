package io.leeway.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table for a terminal, a page and a program at once. Numbers are aligned to the right and rounded for people; JSON holds
 * them as they are. Not thread safe while it is filled.
 */
public final class Table {

    private static final String ABSENT = "-";

    private final String key;
    private final String title;
    private final List<Column> columns = new ArrayList<>();
    private final List<List<Object>> rows = new ArrayList<>();

    private record Column(String key, String heading, int decimals) {}

    private Table(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /**
     * An empty table.
     *
     * @param key its name in JSON, camelCase
     */
    public static Table of(String key, String title) {
        return new Table(key, title);
    }

    /** Adds a column of words or of whole numbers. */
    public Table column(String columnKey, String heading) {
        return column(columnKey, heading, 0);
    }

    /**
     * Adds a column.
     *
     * @param columnKey its name in JSON, camelCase
     * @param decimals shown of numbers that are not whole
     */
    public Table column(String columnKey, String heading, int decimals) {
        if (!rows.isEmpty()) {
            throw new IllegalStateException("must be added before rows: column=" + columnKey);
        }
        columns.add(new Column(columnKey, heading, decimals));
        return this;
    }

    /** Adds a row: one value for each column; null or NaN where there is none. */
    public Table row(Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(
                    "must be one value for each column: values=" + values.length + ", columns=" + columns.size());
        }
        List<Object> row = new ArrayList<>();
        for (Object value : values) {
            row.add(value);
        }
        rows.add(Collections.unmodifiableList(row));
        return this;
    }

    public String key() {
        return key;
    }

    public String title() {
        return title;
    }

    /** Aligned plain text, with a line under the headings. */
    public String toText() {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = rows.stream()
                    .mapToInt(row -> shown(row.get(column), column).length())
                    .max()
                    .orElse(0);
            widths[i] = Math.max(widths[i], columns.get(i).heading().length());
        }
        StringBuilder text = new StringBuilder(title).append('\n');
        List<String> headings = columns.stream().map(Column::heading).toList();
        line(text, headings, widths);
        text.append(Arrays.stream(widths).mapToObj("-"::repeat).collect(Collectors.joining("  ")))
                .append('\n');
        for (List<Object> row : rows) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                cells.add(shown(row.get(i), i));
            }
            line(text, cells, widths);
        }
        return text.toString();
    }

    /** One object for each row, by the columns' keys. Values that are not numbers JSON can hold become null. */
    public List<Map<String, Object>> toJson() {
        List<Map<String, Object>> json = new ArrayList<>();
        for (List<Object> row : rows) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                object.put(columns.get(i).key(), missing(row.get(i)) ? null : row.get(i));
            }
            json.add(object);
        }
        return json;
    }

    String toHtml() {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        for (int i = 0; i < columns.size(); i++) {
            html.append(numeric(i) ? "<th class=\"number\">" : "<th>")
                    .append(Html.escape(columns.get(i).heading()))
                    .append("</th>");
        }
        html.append("</tr></thead><tbody>\n");
        for (List<Object> row : rows) {
            html.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                html.append(numeric(i) ? "<td class=\"number\">" : "<td>")
                        .append(Html.escape(shown(row.get(i), i)))
                        .append("</td>");
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></div>").toString();
    }

    private void line(StringBuilder text, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String fill = " ".repeat(widths[i] - cells.get(i).length());
            line.append(i == 0 ? "" : "  ").append(numeric(i) ? fill + cells.get(i) : cells.get(i) + fill);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    /** A column whose every present value is a number. */
    private boolean numeric(int column) {
        List<Object> present = rows.stream()
                .map(row -> row.get(column))
                .filter(value -> !missing(value))
                .toList();
        return !present.isEmpty() && present.stream().allMatch(Number.class::isInstance);
    }

    private String shown(Object value, int column) {
        if (missing(value)) {
            return ABSENT;
        }
        if (value instanceof Double || value instanceof Float) {
            return rounded(((Number) value).doubleValue(), columns.get(column).decimals());
        }
        return value instanceof Number number
                ? String.format(Locale.ROOT, "%,d", number.longValue())
                : value.toString();
    }

    /** What is rounded to nothing has no sign. */
    private static String rounded(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return text.startsWith("-") && text.chars().noneMatch(c -> c >= '1' && c <= '9') ? text.substring(1) : text;
    }

    private static boolean missing(Object value) {
        return value == null || (value instanceof Double number && !Double.isFinite(number));
    }
}
