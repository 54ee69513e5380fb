package io.leeway.cli.loop;

import io.leeway.cli.CommandException;
import io.leeway.cli.ServicesOption;
import io.leeway.cli.client.CallException;
import io.leeway.contracts.Freeze;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.rest.ModelVersion;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loops by hand: make, change, look at, freeze, roll back, delete. */
@Command(name = "loop", description = "Make, change, freeze, roll back or delete a loop.")
public final class LoopCommand implements Runnable {
    private static final int HTTP_CONFLICT = 409;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "one of list, show, put, freeze, unfreeze, promote, delete is missing");
    }

    @Command(name = "list", description = "All loops.")
    void list(@Mixin ServicesOption services) {
        List<Loop> loops = services.client().loops();
        if (loops.isEmpty()) {
            System.out.println("No loop yet. Make one: ./leeway loop put NAME FILE.yaml");
        }
        for (Loop loop : loops) {
            System.out.printf(
                    "%-32s %-10s revision %d%s%n",
                    loop.name(),
                    loop.kind().name().toLowerCase(java.util.Locale.ROOT),
                    loop.revision(),
                    loop.freeze() == null ? "" : "  FROZEN: " + loop.freeze().reason());
        }
    }

    @Command(name = "show", description = "One loop with its settings and versions.")
    void show(@Mixin ServicesOption services, @Parameters(paramLabel = "LOOP") String name) throws java.io.IOException {
        Loop loop = services.client()
                .findLoop(name)
                .orElseThrow(() -> new CommandException("must be a loop that exists: loop=" + name));
        System.out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(loop));
        for (ModelVersion version : services.client().versions(name)) {
            System.out.printf(
                    "version %d  %s  %s  %s%n",
                    version.version(), version.learner(), version.createdAt(), String.join(",", version.roles()));
        }
    }

    @Command(name = "put", description = "Makes or changes a loop from a YAML or JSON file. A change keeps the model.")
    void put(
            @Mixin ServicesOption services,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--name", paramLabel = "LOOP", description = "Name; otherwise the file's own.")
                    String name) {
        LoopFile definition = LoopFile.read(file);
        String loopName = name == null ? definition.name() : name;
        if (loopName == null) {
            throw new CommandException("must be in the file or given with --name: name=null");
        }
        Loop loop = services.client().putLoop(loopName, definition.settings());
        System.out.println(loop.name() + " is at revision " + loop.revision());
    }

    /** What a freeze serves. */
    static final class Pin {
        @Option(names = "--action", paramLabel = "ID", description = "Serve this action.")
        private String action;

        @Option(names = "--version", paramLabel = "N", description = "Serve this model version (0: no model, uniform).")
        private Long modelVersion;
    }

    @Command(name = "freeze", description = "Serves one pinned action or model version until unfrozen.")
    void freeze(
            @Mixin ServicesOption services,
            @Parameters(paramLabel = "LOOP") String name,
            @ArgGroup(multiplicity = "1") Pin pin,
            @Option(names = "--reason", paramLabel = "WORDS", defaultValue = "by hand") String reason) {
        services.client().freeze(name, new Freeze(pin.action, pin.modelVersion, reason, null));
        System.out.println(name + " is frozen");
    }

    @Command(name = "unfreeze", description = "Lets a frozen loop decide again.")
    void unfreeze(@Mixin ServicesOption services, @Parameters(paramLabel = "LOOP") String name) {
        services.client().unfreeze(name);
        System.out.println(name + " decides again");
    }

    @Command(name = "promote", description = "Makes a version champion by hand; also the way back to an earlier one.")
    void promote(
            @Mixin ServicesOption services,
            @Parameters(paramLabel = "LOOP") String name,
            @Parameters(paramLabel = "VERSION") long version,
            @Option(names = "--reason", paramLabel = "WORDS", defaultValue = "by hand") String reason) {
        services.client().promote(name, version, reason);
        System.out.println("version " + version + " is champion of " + name);
    }

    @Command(name = "delete", description = "Deletes a loop; without --yes it only says what that removes.")
    void delete(
            @Mixin ServicesOption services,
            @Parameters(paramLabel = "LOOP") String name,
            @Option(names = "--yes", description = "Really delete.") boolean confirmed) {
        try {
            services.client().deleteLoop(name, confirmed);
        } catch (CallException e) {
            throw e.status() == HTTP_CONFLICT && !confirmed
                    ? new CommandException(
                            e.getMessage() + "\nTo really delete it: ./leeway loop delete " + name + " --yes", e)
                    : e;
        }
        System.out.println(name + " is deleted");
    }
}
