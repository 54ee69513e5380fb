package io.leeway.cli.stack;

import io.leeway.cli.CommandException;
import io.leeway.cli.Root;
import io.leeway.cli.client.LeewayClient;
import io.leeway.stack.Certificate;
import io.leeway.stack.PartState;
import io.leeway.stack.Ports;
import io.leeway.stack.RunningStack;
import io.leeway.stack.Service;
import io.leeway.stack.ServicePlan;
import io.leeway.stack.StackPlan;
import io.leeway.stack.Supervisor;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the stack and keeps it until Ctrl-C. */
@Command(
        name = "up",
        description = "Starts Kafka, PostgreSQL and the services, with an example loop, until Ctrl-C or ./leeway down.")
public final class UpCommand implements Callable<Integer> {
    private static final String TLS = "tls";
    private static final int TLS_PORT = 8443;

    @Option(
            names = "--port",
            paramLabel = "SERVICE=PORT",
            description = "Another port for kafka, postgresql, prediction-service, feedback-logger, training-service,"
                    + " drift-monitor or tls (prediction-service by HTTPS); may be repeated.")
    private Map<String, Integer> ports = Map.of();

    @Override
    public Integer call() throws InterruptedException {
        Path root = Root.path();
        Optional<RunningStack> running = RunningStack.find(root.resolve(StackPlan.FOLDER));
        if (running.isPresent()) {
            System.out.println("It is up already:");
            StatusCommand.print(running.get());
            return 0;
        }
        int tlsPort = ports.getOrDefault(TLS, TLS_PORT);
        Ports.requireFree(tlsPort, "prediction-service by HTTPS");
        Certificate certificate = Certificate.in(root.resolve(StackPlan.FOLDER).resolve(TLS));
        StackPlan plan = plan(root).withServices(service -> withTls(service, certificate, tlsPort));
        try (Supervisor supervisor = Supervisor.start(plan, UpCommand::tell)) {
            LeewayClient client = new LeewayClient(StackAddresses.of(supervisor.parts()));
            ExampleLoop.make(client);
            System.out.println();
            System.out.println(ExampleLoop.words(client.addresses()));
            System.out.println("The same by HTTPS, as Personalizer's clients need it: https://localhost:" + tlsPort
                    + ", certificate " + certificate.pem());
            System.out.println("Ctrl-C (or ./leeway down) stops it; the data stay.");
            supervisor.awaitStop();
        }
        return 0;
    }

    private static ServicePlan withTls(ServicePlan service, Certificate certificate, int port) {
        if (!service.name().equals(Service.PREDICTION.moduleName())) {
            return service;
        }
        ServicePlan secured = service;
        for (Map.Entry<String, String> variable : certificate.environment(port).entrySet()) {
            secured = secured.withEnvironment(variable.getKey(), variable.getValue());
        }
        return secured;
    }

    private StackPlan plan(Path root) {
        StackPlan standard = StackPlan.standard(root);
        List<String> known = List.of("kafka", "postgresql", TLS);
        for (String name : ports.keySet()) {
            boolean service =
                    standard.services().stream().anyMatch(plan -> plan.name().equals(name));
            if (!service && !known.contains(name)) {
                throw new CommandException("must be kafka, postgresql, tls or a service: --port " + name);
            }
        }
        return standard.withPorts(
                        ports.getOrDefault("kafka", standard.brokerPort()),
                        ports.getOrDefault("postgresql", standard.databasePort()))
                .withServices(service -> new ServicePlan(
                        service.name(),
                        ports.getOrDefault(service.name(), service.port()),
                        service.heapMegabytes(),
                        service.program(),
                        service.environment()));
    }

    private static void tell(PartState part) {
        switch (part.condition()) {
            case UP ->
                System.out.printf(
                        Locale.ROOT,
                        "%-20s up on port %d after %.1f s%n",
                        part.name(),
                        part.port(),
                        part.startSeconds());
            case CRASHED ->
                System.out.printf("%-20s crashed and is started again; see %s%n", part.name(), part.logFile());
            case FAILED ->
                System.out.printf("%-20s keeps crashing and is left down; see %s%n", part.name(), part.logFile());
            case DOWN -> System.out.printf("%-20s down%n", part.name());
            case STARTING -> {}
        }
    }
}
