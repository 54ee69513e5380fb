package io.leeway.cli.inspect;

import io.leeway.cli.CommandException;
import io.leeway.cli.JsonOption;
import io.leeway.cli.ServicesOption;
import io.leeway.cli.client.LeewayClient;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Loop;
import io.leeway.contracts.rest.Event;
import io.leeway.contracts.rest.ModelVersion;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one decision: request, probabilities, model, rewards, feedback. */
@Command(
        name = "inspect",
        description =
                "Everything known of one decision: request, probabilities, model, rewards, feedback; its sampling done again.")
public final class InspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "EVENT_ID", description = "The event id of the decision.")
    private String eventId;

    @Mixin
    private ServicesOption services;

    @Mixin
    private JsonOption json;

    /** What is written as JSON for one event. */
    record Inspection(Event event, ModelVersion model, Replay replay) {}

    @Override
    public Integer call() throws IOException {
        LeewayClient client = services.client();
        List<Event> events = client.events(eventId);
        if (events.isEmpty()) {
            throw new CommandException(
                    "nothing is known of it (yet: a decision takes a moment to be stored): event=" + eventId);
        }
        List<Inspection> inspections =
                events.stream().map(event -> inspection(client, event)).toList();
        EventText text = new EventText(json.words());
        inspections.forEach(inspection -> text.print(inspection.event(), inspection.model(), inspection.replay()));
        json.write(inspections.size() == 1 ? inspections.get(0) : inspections);
        return 0;
    }

    private static Inspection inspection(LeewayClient client, Event event) {
        Decision decision = event.decision();
        if (decision == null) {
            return new Inspection(event, null, null);
        }
        Optional<String> salt = client.findLoop(event.loop()).map(Loop::salt);
        Replay replay = decision.slots().isEmpty() ? null : Replay.of(decision, salt);
        if (decision.modelVersion() == 0) {
            return new Inspection(event, null, replay);
        }
        Optional<ModelVersion> model = client.version(event.loop(), decision.modelVersion());
        Replay scored = replay == null
                ? null
                : client.weights(event.loop(), decision.modelVersion(), decision.checkpoint())
                        .map(weights -> replay.scored(decision, weights))
                        .orElse(replay);
        return new Inspection(event, model.orElse(null), scored);
    }
}
