package io.leeway.simulator.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * CSV with a header. Cells may be quoted, with quotes doubled inside (RFC 4180), and a quoted cell may hold line ends. The
 * delimiter is the one of comma, semicolon and tab that the header holds most of.
 */
public final class CsvReader implements RowReader {
    private static final char[] DELIMITERS = {',', ';', '\t'};

    private final BufferedReader reader;
    private final String source;
    private final char delimiter;
    private final List<Heading> headings = new ArrayList<>();
    private long line;
    private long row;
    private long rowLine;

    /** The line that is being taken apart, and how far that has come. */
    private String text;

    private int at;

    public CsvReader(BufferedReader reader, String source) throws IOException {
        this.reader = reader;
        this.source = source;
        String first = nextLine();
        if (first == null) {
            throw new DatasetException("must have a header and rows, is empty: file=" + source);
        }
        this.delimiter = delimiter(first);
        Set<String> seen = new HashSet<>();
        for (String cell : cells(first)) {
            String name = cell == null ? "" : cell.strip();
            // The first one may go without: that is how pandas writes its row numbers.
            if (name.isEmpty() && !headings.isEmpty()) {
                throw new DatasetException("must have a name: file=" + source + ", column=" + (headings.size() + 1));
            }
            if (!seen.add(name)) {
                throw new DatasetException("must be there once: file=" + source + ", column=" + name);
            }
            headings.add(new Heading(name, Kind.UNDECLARED));
        }
    }

    @Override
    public List<Heading> headings() {
        return headings;
    }

    @Override
    public String[] next() throws IOException {
        String next = nextLine();
        if (next == null) {
            return null;
        }
        row++;
        rowLine = line;
        List<String> cells = cells(next);
        if (cells.size() != headings.size()) {
            throw new DatasetException("must have as many cells as the header, " + headings.size() + ": file=" + source
                    + ", row=" + row + " (line " + rowLine + "), cells=" + cells.size());
        }
        return cells.toArray(new String[0]);
    }

    @Override
    public long line() {
        return rowLine;
    }

    /** The next line that is not blank. */
    private String nextLine() throws IOException {
        String next;
        do {
            next = reader.readLine();
            line++;
        } while (next != null && next.isBlank());
        return next;
    }

    private List<String> cells(String firstLine) throws IOException {
        List<String> cells = new ArrayList<>(headings.size());
        text = firstLine;
        at = 0;
        do {
            int from = at;
            while (from < text.length() && text.charAt(from) == ' ') {
                from++;
            }
            if (from < text.length() && text.charAt(from) == '"') {
                at = from + 1;
                String quoted = quoted();
                cells.add(quoted + plain());
            } else {
                cells.add(plain());
            }
        } while (at++ >= 0);
        return cells;
    }

    /** Up to the next delimiter; leaves {@code at} on it, or at -2 at the end of the line. */
    private String plain() {
        int end = text.indexOf(delimiter, at);
        String cell = text.substring(at, end < 0 ? text.length() : end).strip();
        at = end < 0 ? -2 : end;
        return cell;
    }

    /** From behind the opening quote to the closing one, over as many lines as it takes. */
    private String quoted() throws IOException {
        StringBuilder cell = new StringBuilder();
        while (true) {
            int quote = text.indexOf('"', at);
            if (quote < 0) {
                cell.append(text, at, text.length()).append('\n');
                text = continued();
                at = 0;
            } else if (quote + 1 < text.length() && text.charAt(quote + 1) == '"') {
                cell.append(text, at, quote + 1);
                at = quote + 2;
            } else {
                cell.append(text, at, quote);
                at = quote + 1;
                return cell.toString();
            }
        }
    }

    /** The line that a quoted cell goes on with. */
    private String continued() throws IOException {
        String next = reader.readLine();
        if (next == null) {
            throw new DatasetException(
                    "must end with a quote, the file ends before: file=" + source + ", line=" + line);
        }
        line++;
        return next;
    }

    private static char delimiter(String header) {
        char best = DELIMITERS[0];
        long most = 0;
        for (char candidate : DELIMITERS) {
            long count = header.chars().filter(c -> c == candidate).count();
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }
}
