package io.leeway.cli.demo;

import io.leeway.cli.Root;
import io.leeway.cli.ServicesOption;
import io.leeway.cli.client.LeewayClient;
import io.leeway.cli.stack.StackAddresses;
import io.leeway.stack.PartState;
import io.leeway.stack.StackPlan;
import io.leeway.stack.Supervisor;
import java.util.List;
import java.util.Locale;

/** The services that a demo runs on: a stack of its own on free ports, or one that runs already. */
final class DemoStack implements AutoCloseable {
    private final Supervisor supervisor;
    private final LeewayClient client;

    /** One process of the stack, for the report. */
    record ProcessFacts(String name, double memoryMegabytes, double startSeconds, int restarts) {}

    private DemoStack(Supervisor supervisor, LeewayClient client) {
        this.supervisor = supervisor;
        this.client = client;
    }

    static DemoStack open(String name, ServicesOption services, Milestones milestones) {
        if (services.given()) {
            milestones.tell("stack", "using the one at %s", services.addresses().prediction());
            return new DemoStack(null, services.client());
        }
        milestones.tell("stack", "starting Kafka, PostgreSQL and four services on free ports");
        Supervisor supervisor = Supervisor.start(StackPlan.demo(Root.path(), name), part -> tell(part, milestones));
        return new DemoStack(supervisor, new LeewayClient(StackAddresses.of(supervisor.parts())));
    }

    private static void tell(PartState part, Milestones milestones) {
        switch (part.condition()) {
            case UP -> milestones.tell(part.name(), "up on port %d after %.1f s", part.port(), part.startSeconds());
            case CRASHED, FAILED ->
                milestones.tell(
                        part.name(), "%s; see %s", part.condition().name().toLowerCase(Locale.ROOT), part.logFile());
            case STARTING, DOWN -> {}
        }
    }

    LeewayClient client() {
        return client;
    }

    /** Memory and start of each process; empty when the stack is not ours. */
    List<ProcessFacts> processes() {
        return supervisor == null
                ? List.of()
                : supervisor.parts().stream()
                        .map(part -> new ProcessFacts(
                                part.name(),
                                Math.round(part.residentBytes() / 1e5) / 10.0,
                                part.startSeconds(),
                                part.restarts()))
                        .toList();
    }

    @Override
    public void close() {
        if (supervisor != null) {
            supervisor.close();
        }
    }
}
