package io.leeway.prediction.fast;

import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.Json;
import io.leeway.contracts.ModelRole;
import io.leeway.core.bandit.continuous.ContinuousLearners;
import io.leeway.prediction.PlainWorld;
import io.leeway.prediction.TestLoops;
import io.leeway.prediction.journal.Journal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The fast way and the general one over the same models, the same journal and the same clock. */
final class Twins {
    static final String LOOP = "films";

    final Journal journal;
    final DecidePlain plain;
    private final PlainWorld world;

    /** What scores. */
    enum Model {
        NONE,
        LINEAR,
        INTERACTING,
        HEADS,
        NETWORK,
        HASHED_LINEAR,
        RIDGE,
        AUTO
    }

    Twins(Path directory) {
        journal = Journal.open(directory, 16 << 20, 1 << 28);
        world = new PlainWorld(journal);
        world.loops.put(TestLoops.bandit(LOOP, null, "a", "b", "c"));
        plain = new DecidePlain(
                world.models, world.remembered, world.log, world.meters, world.eventIds, world.clock, world.config);
    }

    void serve(Model model) {
        if (model == Model.NONE) {
            world.models.remove(LOOP, ModelRole.CHAMPION);
        } else if (model == Model.HASHED_LINEAR) {
            world.models.put(LOOP, LearnedModels.of(LOOP, ContinuousLearners.LINEAR));
        } else if (model == Model.RIDGE) {
            world.models.put(LOOP, LearnedModels.of(LOOP, ContinuousLearners.RIDGE));
        } else if (model == Model.AUTO) {
            world.models.put(LOOP, LearnedModels.of(LOOP, ContinuousLearners.AUTO));
        } else {
            world.models.put(LOOP, PlainWorld.model(LOOP, model.name()));
        }
    }

    /** A challenger with a share of the decisions, and a shadow. */
    void tryOut(Model challenger, Model shadow) {
        world.loops.put(
                TestLoops.withCanary(TestLoops.bandit(LOOP, null, "a", "b", "c"), PlainWorld.CHALLENGER_VERSION, 0.4));
        world.models.put(
                LOOP, PlainWorld.model(LOOP, challenger.name(), ModelRole.CHALLENGER, PlainWorld.CHALLENGER_VERSION));
        world.models.put(LOOP, PlainWorld.model(LOOP, shadow.name(), ModelRole.SHADOW, 5));
    }

    void forget(String eventId) {
        world.remembered.forget(LOOP, eventId);
    }

    byte[] general(String body) {
        DecisionRequest request = Json.read(body.getBytes(StandardCharsets.UTF_8), DecisionRequest.class);
        return Json.bytes(io.leeway.prediction.Answers.ofChoice(world.decide.choose(LOOP, request)));
    }
}
