package io.leeway.contracts;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The events that have a published schema: all but the model, whose value is not JSON. */
enum Published {
    LOOPS("loops.v1", EventType.LOOP, Loop.class),
    DECISION_REQUESTS("decision-requests.v1", EventType.DECISION_REQUEST, DecisionRequest.class),
    DECISIONS("decisions.v1", EventType.DECISION, Decision.class),
    REWARDS("rewards.v1", EventType.REWARD, Reward.class),
    ACTIVATIONS("activations.v1", EventType.ACTIVATION, Activation.class),
    FEEDBACK("feedback.v1", EventType.FEEDBACK, Feedback.class),
    DRIFT("drift.v1", EventType.DRIFT, Drift.class),
    RETRAIN_REQUESTS("retrain-requests.v1", EventType.RETRAIN_REQUEST, RetrainRequest.class),
    TRAINING_EVENTS("training-events.v1", EventType.TRAINING_EVENT, TrainingEvent.class);

    static final Path RESOURCES = Path.of("src/main/resources");

    private static final SchemaValidatorsConfig ASSERTING_FORMATS =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    final String schemaName;
    final EventType event;
    final Class<?> record;

    Published(String schemaName, EventType event, Class<?> record) {
        this.schemaName = schemaName;
        this.event = event;
        this.record = record;
    }

    Path file() {
        return RESOURCES.resolve("schemas").resolve(schemaName + ".json");
    }

    String generated() {
        return SchemaWriter.document(event, schemaName, record);
    }

    JsonSchema schema() {
        try {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                    .getSchema(Files.readString(file()), ASSERTING_FORMATS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
