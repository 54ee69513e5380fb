package io.leeway.cli.drift;

import io.leeway.cli.CommandException;
import io.leeway.cli.JsonOption;
import io.leeway.core.drift.TableCheck;
import io.leeway.simulator.dataset.DatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares one table with another. */
@Command(
        name = "check",
        description = "Compares a table with an earlier one, column by column and as a whole.",
        footer = {
            "",
            "Files are CSV with a header, ARFF or Parquet, plain or gzip. Exit status is 0 whether there is drift or not.",
            "",
            "Example:",
            "  leeway drift check --reference january.parquet --current february.parquet --html drift.html"
        })
final class DriftCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--reference", required = true, paramLabel = "FILE", description = "The table as it was.")
    private Path reference;

    @Option(names = "--current", required = true, paramLabel = "FILE", description = "The table as it is.")
    private Path current;

    @Option(
            names = "--level",
            paramLabel = "P",
            description = "Of what is called drift, at most this share may be chance (default 0.05).")
    private Double level;

    @Option(
            names = "--minimum-effect",
            paramLabel = "E",
            description = "Smaller changes are not called drift, however certain, in [0, 1] (default 0.05 above"
                    + " 8,192 rows, 0.02 below).")
    private Double minimumEffect;

    @Option(
            names = "--together",
            description =
                    "Also asks whether a model can tell new rows from old ones, and by which columns: sees columns that"
                            + " go together otherwise than they did.")
    private boolean together;

    @Option(
            names = "--segment",
            paramLabel = "COLUMN",
            description = "Also compares the rows of each word of this column by themselves.")
    private String segment;

    @Option(names = "--fail-on-drift", description = "Exit status 1 if there is drift.")
    private boolean failOnDrift;

    @Mixin
    private JsonOption json;

    @Mixin
    private HtmlOption html;

    @Override
    public Integer call() throws IOException {
        TableCheck.Settings settings = settings();
        TableFile before = read("--reference", reference);
        TableFile after = read("--current", current);
        requireSegment(before);
        requireSegment(after);
        DriftCheck check = DriftCheck.of(before, after, settings, together, segment);
        DriftCheckReport report = new DriftCheckReport(check);
        json.words().print(report.text());
        html.write(report::page);
        if (json.given()) {
            json.write(report.json());
        }
        return failOnDrift && check.drifted() ? 1 : 0;
    }

    private TableCheck.Settings settings() {
        TableCheck.Settings usual = TableCheck.Settings.DEFAULT;
        try {
            return new TableCheck.Settings(
                    level == null ? usual.level() : level,
                    minimumEffect == null ? usual.minimumEffect() : minimumEffect,
                    minimumEffect == null ? usual.minimumEffectOfFew() : minimumEffect);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage());
        }
    }

    private void requireSegment(TableFile table) {
        if (segment != null && !table.byName().containsKey(segment)) {
            throw new ParameterException(
                    spec.commandLine(), "must be a column of " + table.source() + ": --segment=" + segment);
        }
    }

    private TableFile read(String option, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ParameterException(spec.commandLine(), "must be a file: " + option + "=" + file);
        }
        try {
            return TableFile.read(file);
        } catch (DatasetException wrong) {
            throw new CommandException(wrong.getMessage(), wrong);
        }
    }
}
