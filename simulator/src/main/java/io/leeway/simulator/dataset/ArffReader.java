package io.leeway.simulator.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Weka's ARFF: attributes with their types, then rows of cells, dense or sparse (an index and a value for each that is not 0). */
final class ArffReader implements RowReader {
    private final BufferedReader reader;
    private final String source;
    private final List<Heading> headings = new ArrayList<>();
    /** For sparse rows: what a cell that is not named holds. */
    private final List<String> absent = new ArrayList<>();

    private final Set<String> names = new HashSet<>();
    private long line;
    private long row;

    ArffReader(BufferedReader reader, String source) throws IOException {
        this.reader = reader;
        this.source = source;
        while (true) {
            String text = nextLine();
            if (text == null) {
                throw new DatasetException("must have @data: file=" + source);
            }
            String word = text.toLowerCase(Locale.ROOT);
            if (word.startsWith("@data")) {
                break;
            }
            if (word.startsWith("@attribute")) {
                attribute(text.substring("@attribute".length()).strip());
            } else if (!word.startsWith("@relation")) {
                throw new DatasetException("must be @relation, @attribute or @data: file=" + source + ", line=" + line
                        + ", value=" + text);
            }
        }
        if (headings.isEmpty()) {
            throw new DatasetException("must have an @attribute: file=" + source);
        }
    }

    @Override
    public List<Heading> headings() {
        return headings;
    }

    @Override
    public String[] next() throws IOException {
        String text = nextLine();
        if (text == null) {
            return null;
        }
        row++;
        if (text.startsWith("{") && text.endsWith("}")) {
            return sparse(text.substring(1, text.length() - 1));
        }
        List<String> cells = split(text, ",");
        if (cells.size() != headings.size()) {
            throw new DatasetException("must have a cell for each of " + headings.size() + " attributes: file=" + source
                    + ", row=" + row + " (line " + line + "), cells=" + cells.size());
        }
        return cells.toArray(new String[0]);
    }

    @Override
    public long line() {
        return line;
    }

    private void attribute(String text) {
        List<String> parts = split(text, " \t");
        String name = parts.get(0);
        int typeAt = text.indexOf(name) + name.length();
        typeAt = typeAt < text.length() && isQuote(text.charAt(typeAt)) ? typeAt + 1 : typeAt;
        String type = text.substring(typeAt).strip();
        if (name.isEmpty() || type.isEmpty()) {
            throw new DatasetException(
                    "must be @attribute NAME TYPE: file=" + source + ", line=" + line + ", value=" + text);
        }
        if (!names.add(name)) {
            throw new DatasetException("must be there once: file=" + source + ", column=" + name);
        }
        String word = type.toLowerCase(Locale.ROOT);
        if (type.startsWith("{")) {
            List<String> values = split(type.replaceAll("^\\{|}$", ""), ",");
            headings.add(new Heading(name, Kind.WORDS));
            absent.add(values.get(0));
        } else if (word.startsWith("numeric") || word.startsWith("real") || word.startsWith("integer")) {
            headings.add(new Heading(name, Kind.NUMBERS));
            absent.add("0");
        } else if (word.startsWith("string") || word.startsWith("date")) {
            headings.add(new Heading(name, Kind.WORDS));
            absent.add("");
        } else {
            throw new DatasetException(
                    "must be numeric, string, date or {...}: file=" + source + ", column=" + name + ", type=" + type);
        }
    }

    private String[] sparse(String text) {
        String[] cells = absent.toArray(new String[0]);
        if (text.isBlank()) {
            return cells;
        }
        for (String pair : split(text, ",")) {
            int blank = pair.indexOf(' ');
            try {
                int column = Integer.parseInt(pair.substring(0, Math.max(0, blank)));
                cells[column] = unquoted(pair.substring(blank + 1).strip());
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException wrong) {
                throw new DatasetException(
                        "must be INDEX VALUE with an index from 0 to " + (cells.length - 1) + ": file=" + source
                                + ", row=" + row + " (line " + line + "), value=" + pair,
                        wrong);
            }
        }
        return cells;
    }

    /** The next line that is neither blank nor a comment, stripped. */
    private String nextLine() throws IOException {
        String text;
        do {
            text = reader.readLine();
            line++;
        } while (text != null && (text.isBlank() || text.stripLeading().startsWith("%")));
        return text == null ? null : text.strip();
    }

    /** The parts between the delimiters that stand outside of quotes, without their quotes. */
    private List<String> split(String text, String delimiters) {
        List<String> parts = new ArrayList<>(headings.size());
        int from = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (isQuote(c)) {
                quote = c;
            } else if (delimiters.indexOf(c) >= 0) {
                parts.add(unquoted(text.substring(from, i).strip()));
                from = i + 1;
            }
        }
        if (quote != 0) {
            throw new DatasetException("must end with a quote: file=" + source + ", line=" + line);
        }
        parts.add(unquoted(text.substring(from).strip()));
        return parts;
    }

    private static String unquoted(String text) {
        boolean quoted =
                text.length() >= 2 && isQuote(text.charAt(0)) && text.charAt(text.length() - 1) == text.charAt(0);
        return quoted ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1") : text;
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"';
    }
}
