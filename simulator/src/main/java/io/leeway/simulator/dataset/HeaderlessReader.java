package io.leeway.simulator.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of cells between a delimiter, without header and quotes, as UCI publishes them; the columns are c1, c2, ... */
final class HeaderlessReader implements RowReader {
    private final BufferedReader reader;
    private final String source;
    private final String delimiter;
    private final List<Heading> headings;
    private String first;
    private long line;

    HeaderlessReader(BufferedReader reader, String source, String delimiter) throws IOException {
        this.reader = reader;
        this.source = source;
        this.delimiter = delimiter;
        this.first = nextLine();
        if (first == null) {
            throw new DatasetException("must have rows, is empty: file=" + source);
        }
        this.headings = IntStream.rangeClosed(1, first.split(delimiter, -1).length)
                .mapToObj(i -> new Heading("c" + i, Kind.UNDECLARED))
                .toList();
    }

    @Override
    public List<Heading> headings() {
        return headings;
    }

    @Override
    public String[] next() throws IOException {
        String text = first == null ? nextLine() : first;
        first = null;
        if (text == null) {
            return null;
        }
        String[] cells = text.split(delimiter, -1);
        if (cells.length != headings.size()) {
            throw new DatasetException("must have " + headings.size() + " cells: file=" + source + ", line=" + line
                    + ", cells=" + cells.length);
        }
        return cells;
    }

    @Override
    public long line() {
        return line;
    }

    private String nextLine() throws IOException {
        String text;
        do {
            text = reader.readLine();
            line++;
        } while (text != null && text.isBlank());
        return text == null ? null : text.strip();
    }
}
