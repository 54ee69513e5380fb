package io.leeway.endtoend;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leeway.cli.client.Addresses;
import io.leeway.cli.client.LeewayClient;
import io.leeway.cli.stack.StackAddresses;
import io.leeway.stack.PartState;
import io.leeway.stack.Service;
import io.leeway.stack.StackPlan;
import io.leeway.stack.Supervisor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A stack as an installation of some size has it: two predictors, two loggers, six partitions. */
final class TwoOfEach implements AutoCloseable {
    private final Supervisor supervisor;
    private final LeewayClient client;

    private TwoOfEach(Supervisor supervisor) {
        this.supervisor = supervisor;
        this.client = new LeewayClient(StackAddresses.of(supervisor.parts()));
    }

    static TwoOfEach start(Path folder) {
        Path root = Repository.root();
        for (Service service : Service.values()) {
            Path packaged = root.resolve(service.moduleName()).resolve("target/quarkus-app/quarkus-run.jar");
            assumeTrue(Files.exists(packaged), "skipped: not packaged, run mvn verify: " + service.moduleName());
        }
        StackPlan plan = StackPlan.demo(root, "end-to-end")
                .withHome(folder)
                .withAnother(Service.PREDICTION)
                .withAnother(Service.FEEDBACK);
        return new TwoOfEach(Supervisor.start(plan, TwoOfEach::tell));
    }

    private static void tell(PartState part) {
        System.out.printf("%s is %s (restarts %d)%n", part.name(), part.condition(), part.restarts());
    }

    LeewayClient client() {
        return client;
    }

    Supervisor supervisor() {
        return supervisor;
    }

    /** A client that asks the second predictor and logger where it asks those. */
    LeewayClient second() {
        Addresses first = client.addresses();
        return new LeewayClient(new Addresses(
                supervisor.url("prediction-service-2"),
                supervisor.url("feedback-logger-2"),
                first.training(),
                first.drift()));
    }

    List<URI> predictors() {
        return List.of(client.addresses().prediction(), second().addresses().prediction());
    }

    String bootstrapServers() {
        return supervisor.bootstrapServers();
    }

    List<String> parts() {
        return supervisor.parts().stream().map(PartState::name).toList();
    }

    /** The end of a part's log. */
    String log(String part) {
        Path log = supervisor.plan().home().resolve("logs").resolve(part + ".log");
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            return "not readable: " + e;
        }
    }

    @Override
    public void close() {
        supervisor.close();
    }
}
