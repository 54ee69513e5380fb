package io.leeway.cli;

import io.leeway.cli.client.Addresses;
import io.leeway.cli.client.LeewayClient;
import io.leeway.cli.stack.StackAddresses;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the services are that a command talks to. */
public final class ServicesOption {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Address of prediction-service; the other three services are on the next three ports."
                    + " Without it: the stack that ./leeway up started, or localhost's default ports.")
    private String url;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    public boolean given() {
        return url != null;
    }

    public LeewayClient client() {
        return new LeewayClient(addresses());
    }

    public Addresses addresses() {
        if (url == null) {
            return StackAddresses.find();
        }
        try {
            return Addresses.of(url);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
