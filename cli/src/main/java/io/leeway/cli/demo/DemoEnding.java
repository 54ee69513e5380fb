package io.leeway.cli.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** Prints the tables, writes report and JSON, and turns the checks into an exit status. */
final class DemoEnding {
    private final String name;
    private final DemoOptions options;

    DemoEnding(String name, DemoOptions options) {
        this.name = name;
        this.options = options;
    }

    int finish(DemoResult result) throws IOException {
        PrintStream out = options.json.words();
        Path file = options.report(name).toAbsolutePath().normalize();
        result.report().footer("leeway demo " + name + ", seed " + options.seed);
        result.report().write(file);
        options.json.write(result.report().toJson());
        out.println();
        out.println(result.report().toText());
        out.println("Report: " + file);
        return result.closed() ? 0 : 1;
    }
}
