package io.leeway.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import io.leeway.contracts.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Adds the result in machine-readable form. */
public final class JsonOption {
    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the result as JSON to FILE, or - for standard output.")
    private String file;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Refuses a file that cannot be written, before long work rather than after it. */
    public void requireWritable() {
        if (file == null || onStandardOutput()) {
            return;
        }
        Path target = Path.of(file).toAbsolutePath();
        Path folder = target.getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (Files.isDirectory(target) || folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new ParameterException(spec.commandLine(), "must be a file that can be written: --json=" + file);
        }
    }

    public boolean given() {
        return file != null;
    }

    /** Whether standard output belongs to the JSON alone, so that words go to standard error. */
    public boolean onStandardOutput() {
        return "-".equals(file);
    }

    /** The stream for what people read. */
    public PrintStream words() {
        return onStandardOutput() ? System.err : System.out;
    }

    /** Writes {@code result} where it was asked for; a file appears whole or not at all. */
    public void write(Object result) throws IOException {
        if (file == null) {
            return;
        }
        byte[] json =
                Json.mapper().writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(result);
        if (onStandardOutput()) {
            System.out.write(json);
            System.out.println();
            return;
        }
        Path target = Path.of(file).toAbsolutePath();
        Files.createDirectories(target.getParent());
        Path draft =
                Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
        Files.write(draft, json);
        Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
    }
}
