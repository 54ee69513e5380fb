package io.leeway.cli.drift;

import io.leeway.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Adds a page with plots that stands alone as a file. */
final class HtmlOption {
    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page with plots to FILE; it needs nothing else.")
    private Path file;

    void write(Supplier<Report> page) throws IOException {
        if (file != null) {
            page.get().write(file.toAbsolutePath());
        }
    }
}
