package io.leeway.cli.stack;

import io.leeway.cli.client.Addresses;
import io.leeway.cli.client.LeewayClient;
import io.leeway.contracts.Action;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.RewardSettings;
import java.time.Duration;
import java.util.List;

/** A loop to try things on, there from the first {@code ./leeway up}. */
final class ExampleLoop {
    static final String NAME = "example";

    private ExampleLoop() {}

    static void make(LeewayClient client) {
        if (client.findLoop(NAME).isEmpty()) {
            RewardSettings reward = new RewardSettings(Duration.ofSeconds(30), null, null, null, null, null, null);
            client.putLoop(
                    NAME,
                    LoopSettings.builder(LoopKind.BANDIT)
                            .description("an example: which article to show")
                            .actions(List.of(Action.of("politics"), Action.of("sports"), Action.of("music")))
                            .reward(reward)
                            .build());
        }
    }

    /** Calls that work when pasted. */
    static String words(Addresses at) {
        return """
               Leeway is up. Try loop "%s":

               curl -s %s/v1/loops/%s/decisions -H 'Content-Type: application/json' \\
                 -d '{"eventId":"my-first","context":{"user":{"age":41,"likes":["tennis"]},"hour":9}}'

               curl -s -i %s/v1/loops/%s/rewards -H 'Content-Type: application/json' \\
                 -d '{"eventId":"my-first","value":1}'

               ./leeway inspect my-first      (the feedback is there when its reward wait of 30 s is over)
               """.formatted(NAME, at.prediction(), NAME, at.prediction(), NAME);
    }
}
