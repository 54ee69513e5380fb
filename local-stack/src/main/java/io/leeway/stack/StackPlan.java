package io.leeway.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a stack consists of: where its data are, its ports, its services.
 *
 * @param home holds data, logs and state of this stack alone; one stack runs on it at a time
 * @param cacheDir unpacked programs, shared by all stacks
 * @param partitions of the topics keyed by event id
 * @param fresh whether to begin without the data of earlier runs
 * @param jvmOptions further options of every JVM of the stack
 * @param services in the order of their start
 */
public record StackPlan(
        Path home,
        Path cacheDir,
        int brokerPort,
        int databasePort,
        int partitions,
        boolean fresh,
        List<String> jvmOptions,
        List<ServicePlan> services) {
    public static final int BROKER_PORT = 9092;
    public static final int DATABASE_PORT = 5433;

    /** Where stacks keep their data, below the project's root. */
    public static final String FOLDER = ".leeway";

    public StackPlan {
        home = home.toAbsolutePath().normalize();
        cacheDir = cacheDir.toAbsolutePath().normalize();
        jvmOptions = List.copyOf(jvmOptions);
        services = List.copyOf(services);
        Set<String> names = new LinkedHashSet<>();
        for (ServicePlan service : services) {
            if (!names.add(service.name())) {
                throw new IllegalArgumentException("must be unique: name=" + service.name());
            }
        }
    }

    /** The stack of {@code ./leeway up}: all services on their usual ports. */
    public static StackPlan standard(Path root) {
        List<ServicePlan> services = new ArrayList<>();
        for (Service service : Service.values()) {
            services.add(ServicePlan.of(service, root, service.defaultPort()));
        }
        Path home = root.resolve(FOLDER);
        return new StackPlan(
                home,
                home.resolve("cache"),
                BROKER_PORT,
                DATABASE_PORT,
                TopicSetup.DEFAULT_PARTITIONS,
                false,
                List.of(),
                services);
    }

    /** A stack on free ports that begins empty, in a home of its own, so that it never disturbs one that runs already. */
    public static StackPlan demo(Path root, String name) {
        List<ServicePlan> services = new ArrayList<>();
        for (Service service : Service.values()) {
            services.add(ServicePlan.of(service, root, Ports.free()));
        }
        Path folder = root.resolve(FOLDER);
        return new StackPlan(
                folder.resolve("demo-" + name),
                folder.resolve("cache"),
                Ports.free(),
                Ports.free(),
                TopicSetup.DEFAULT_PARTITIONS,
                true,
                JavaCommand.SHORT_LIFE,
                services);
    }

    /** The same stack with each service as the change makes it: other ports, a variable more. */
    public StackPlan withServices(UnaryOperator<ServicePlan> change) {
        return new StackPlan(
                home,
                cacheDir,
                brokerPort,
                databasePort,
                partitions,
                fresh,
                jvmOptions,
                services.stream().map(change).toList());
    }

    /** One more process of the service, on a free port, named with a number: {@code prediction-service-2}. */
    public StackPlan withAnother(Service service) {
        List<ServicePlan> more = new ArrayList<>(services);
        List<ServicePlan> same = services.stream()
                .filter(plan -> plan.name().startsWith(service.moduleName()))
                .toList();
        if (same.isEmpty()) {
            throw new IllegalArgumentException("must be in the plan: service=" + service.moduleName());
        }
        more.add(same.get(0).another(service.moduleName() + "-" + (same.size() + 1), Ports.free()));
        return new StackPlan(home, cacheDir, brokerPort, databasePort, partitions, fresh, jvmOptions, more);
    }

    /** The same stack with its data, logs and state in another folder. */
    public StackPlan withHome(Path folder) {
        return new StackPlan(folder, cacheDir, brokerPort, databasePort, partitions, fresh, jvmOptions, services);
    }

    public StackPlan withPorts(int brokerPort, int databasePort) {
        return new StackPlan(home, cacheDir, brokerPort, databasePort, partitions, fresh, jvmOptions, services);
    }

    Path stateFile() {
        return home.resolve("stack.json");
    }

    Path logFile(String name) {
        return home.resolve("logs").resolve(name + ".log");
    }

    /** Every port with its owner. */
    Map<Integer, String> ownersByPort() {
        Map<Integer, String> owners = new LinkedHashMap<>();
        owners.put(brokerPort, Broker.NAME);
        owners.put(databasePort, Database.NAME);
        services.forEach(service -> owners.put(service.port(), service.name()));
        if (owners.size() != services.size() + 2) {
            throw new StackException("must differ from each other: ports=" + owners.keySet());
        }
        return owners;
    }

    /** What a service learns from its environment; the same variables as under Docker Compose. */
    Map<String, String> environment(ServicePlan service) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", Ports.HOST + ":" + brokerPort);
        environment.put("QUARKUS_HTTP_HOST", Ports.HOST);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(service.port()));
        environment.put(
                "QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:postgresql://" + Ports.HOST + ":" + databasePort + "/" + Database.DATABASE);
        environment.put("QUARKUS_DATASOURCE_USERNAME", Database.USER);
        environment.put("QUARKUS_DATASOURCE_PASSWORD", Database.PASSWORD);
        environment.put(
                "LEEWAY_STATE_DIR",
                home.resolve("state").resolve(service.name()).toString());
        if (service.name().startsWith(Service.PREDICTION.moduleName())) {
            services.stream()
                    .filter(plan -> plan.name().equals(Service.TRAINING.moduleName()))
                    .findFirst()
                    .ifPresent(training -> environment.put(
                            "PREDICTION_SERVICE_PERSONALIZER_TRAINING",
                            "http://" + Ports.HOST + ":" + training.port()));
        }
        environment.putAll(service.environment());
        return environment;
    }
}
