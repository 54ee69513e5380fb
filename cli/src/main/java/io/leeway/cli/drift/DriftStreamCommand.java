package io.leeway.cli.drift;

import io.leeway.cli.CommandException;
import io.leeway.cli.JsonOption;
import io.leeway.core.drift.Detector;
import io.leeway.core.drift.Detectors;
import io.leeway.core.drift.EDetector;
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

/** Runs a detector over a file of numbers. */
@Command(
        name = "stream",
        description = "Runs a sequential detector over a file of numbers and says where it alarms.",
        footer = {
            "",
            "Detectors: e-detector (default), adwin, page-hinkley, cusum, hddm-a, hddm-w, ddm, eddm, kswin.",
            "The e-detector and cusum keep to --budget; the others have their authors' settings (ADWIN: delta 0.002).",
            "",
            "Example:",
            "  leeway drift stream --values latency.csv --column p99 --budget 100000 --html latency.html"
        })
final class DriftStreamCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--values",
            required = true,
            paramLabel = "FILE",
            description = "Numbers, one in a line, or CSV with --column; plain or gzip.")
    private Path values;

    @Option(names = "--column", paramLabel = "NAME", description = "Which column of a CSV file with a header.")
    private String column;

    @Option(
            names = "--detector",
            paramLabel = "NAME",
            defaultValue = Detectors.E_DETECTOR,
            description = "Which detector (default ${DEFAULT-VALUE}).")
    private String name;

    @Option(
            names = "--budget",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "At most one false alarm in so many items is wanted (default ${DEFAULT-VALUE}).")
    private double budget;

    @Mixin
    private JsonOption json;

    @Mixin
    private HtmlOption html;

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(values)) {
            throw new ParameterException(spec.commandLine(), "must be a file: --values=" + values);
        }
        Detector detector = detector();
        double[] numbers = NumbersFile.read(values, column);
        StreamCheck check;
        try {
            check = StreamCheck.run(detector, numbers);
        } catch (IllegalArgumentException wrong) {
            throw new CommandException("item " + detector.seen() + " of " + values + " " + wrong.getMessage(), wrong);
        }
        Double threshold = detector instanceof EDetector known ? known.threshold() : null;
        DriftStreamReport report = new DriftStreamReport(values.toString(), name, budget, threshold, numbers, check);
        json.words().print(report.text());
        html.write(report::page);
        json.write(report.json());
        return 0;
    }

    private Detector detector() {
        try {
            return Detectors.of(name, budget);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage());
        }
    }
}
