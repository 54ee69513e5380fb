package io.leeway.cli.deadletters;

import io.leeway.cli.Root;
import io.leeway.stack.Broker;
import io.leeway.stack.RunningStack;
import io.leeway.stack.StackPlan;
import picocli.CommandLine.Option;

/** Where Kafka is. */
final class KafkaOption {
    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description =
                    "Kafka's address. Without it: the stack that ./leeway up started, or localhost's default port.")
    private String address;

    String bootstrapServers() {
        if (address != null) {
            return address;
        }
        int port = RunningStack.find(Root.path().resolve(StackPlan.FOLDER)).stream()
                .flatMap(stack -> stack.state().parts().stream())
                .filter(part -> part.name().equals(Broker.NAME))
                .findFirst()
                .map(part -> part.port())
                .orElse(StackPlan.BROKER_PORT);
        return "localhost:" + port;
    }
}
