package io.leeway.cli.stack;

import io.leeway.cli.Root;
import io.leeway.cli.client.Addresses;
import io.leeway.stack.PartState;
import io.leeway.stack.RunningStack;
import io.leeway.stack.Service;
import io.leeway.stack.StackPlan;
import java.util.List;

/** Where the services of a local stack answer. */
public final class StackAddresses {
    private StackAddresses() {}

    /** Those of the stack that {@code ./leeway up} started; the default ports if there is none. */
    public static Addresses find() {
        return RunningStack.find(Root.path().resolve(StackPlan.FOLDER))
                .map(stack -> of(stack.state().parts()))
                .orElseGet(Addresses::local);
    }

    public static Addresses of(List<PartState> parts) {
        return Addresses.ofPorts(
                port(parts, Service.PREDICTION),
                port(parts, Service.FEEDBACK),
                port(parts, Service.TRAINING),
                port(parts, Service.DRIFT));
    }

    private static int port(List<PartState> parts, Service service) {
        return parts.stream()
                .filter(part -> part.name().equals(service.moduleName()))
                .findFirst()
                .map(PartState::port)
                .orElse(service.defaultPort());
    }
}
