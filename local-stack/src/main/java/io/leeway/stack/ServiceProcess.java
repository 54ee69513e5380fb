package io.leeway.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts one service and waits until it says that it is ready. Stateless. */
final class ServiceProcess {
    private static final Duration START_DEADLINE = Duration.ofSeconds(120);

    static final Duration STOP_GRACE = Duration.ofSeconds(20);

    private ServiceProcess() {}

    static ChildProcess start(StackPlan stack, ServicePlan service) {
        Ports.requireFree(service.port(), service.name());
        List<String> command = new ArrayList<>(JavaCommand.start(service.heapMegabytes()));
        // Native libraries are unpacked once for the project, not into each home folder.
        command.add("-Dorg.bytedeco.javacpp.cachedir=" + stack.cacheDir().resolve("javacpp"));
        command.addAll(stack.jvmOptions());
        command.addAll(service.program());
        ChildProcess process = ChildProcess.start(
                service.name(), command, stack.environment(service), stack.logFile(service.name()), Signal.TERM);
        try {
            Waiting.until(
                    service.name() + " ready",
                    START_DEADLINE,
                    () -> process.requireAlive() && Readiness.of(service.port()),
                    process::describeLog);
            return process;
        } catch (RuntimeException e) {
            process.stop(ChildProcess.FAILED_START_GRACE);
            throw e;
        }
    }
}
