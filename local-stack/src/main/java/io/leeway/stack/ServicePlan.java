package io.leeway.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One process of a service that a stack is to run.
 *
 * @param name unique within the stack; names the log, the state directory and the status line
 * @param port HTTP port on the loopback address
 * @param program what follows the JVM's own options: {@code -jar FILE}, or {@code -cp PATH MAIN}
 * @param environment added to what the stack sets
 */
public record ServicePlan(
        String name, int port, int heapMegabytes, List<String> program, Map<String, String> environment) {
    public ServicePlan {
        if (name.isBlank()) {
            throw new IllegalArgumentException("must not be blank: name=" + name);
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("must be in [1, 65535]: port=" + port);
        }
        if (heapMegabytes < 16) {
            throw new IllegalArgumentException("must be >= 16: heapMegabytes=" + heapMegabytes);
        }
        program = List.copyOf(program);
        environment = Map.copyOf(environment);
    }

    /** The service as its module builds it below {@code root}. */
    public static ServicePlan of(Service service, Path root, int port) {
        Path jar = root.resolve(service.moduleName()).resolve("target/quarkus-app/quarkus-run.jar");
        List<String> program = new ArrayList<>(service.jvmOptions());
        program.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
        return new ServicePlan(service.moduleName(), port, service.heapMegabytes(), program, Map.of());
    }

    /** A further instance of the same service. */
    public ServicePlan another(String name, int port) {
        return new ServicePlan(name, port, heapMegabytes, program, environment);
    }

    public ServicePlan withEnvironment(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new ServicePlan(name, port, heapMegabytes, program, more);
    }
}
