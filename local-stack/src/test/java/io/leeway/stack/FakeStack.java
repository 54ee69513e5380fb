package io.leeway.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A stack with a real broker, a real database and fake services. As a program: runs it until it is told to stop. */
public final class FakeStack {
    private FakeStack() {}

    static StackPlan plan(Path home, String... services) {
        List<ServicePlan> plans = List.of(services).stream()
                .map(name -> new ServicePlan(
                        name,
                        Ports.free(),
                        32,
                        List.of("-cp", JavaCommand.classPath(), FakeService.class.getName()),
                        Map.of("SAID_TO", name)))
                .toList();
        return new StackPlan(
                home, Folders.temporaryCache(), Ports.free(), Ports.free(), 2, false, JavaCommand.SHORT_LIFE, plans);
    }

    public static void main(String[] arguments) throws InterruptedException {
        try (Supervisor supervisor = Supervisor.start(plan(Path.of(arguments[0]), "fake"), part -> {})) {
            supervisor.awaitStop();
        }
    }
}
