package io.leeway.prediction.fast;

import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.rest.DecisionAnswer;
import io.leeway.core.bandit.Seeds;
import java.util.List;
import java.util.function.Supplier;

/** The decision behind an answer, without its inputs; put together only if somebody asks for it again. */
final class RememberedAnswer implements Supplier<Decision> {
    private final Loop loop;
    private final byte[] answer;
    private final boolean deferred;

    RememberedAnswer(Loop loop, byte[] answer, boolean deferred) {
        this.loop = loop;
        this.answer = answer;
        this.deferred = deferred;
    }

    @Override
    public Decision get() {
        DecisionAnswer told = Json.read(answer, DecisionAnswer.class);
        List<ActionProbability> ranking = told.ranking();
        SlotDecision slot = new SlotDecision(
                SlotDecision.MAIN,
                ranking,
                told.action(),
                told.probability(),
                Seeds.uniform(loop.salt(), told.eventId(), SlotDecision.MAIN, "action"),
                null,
                null,
                null);
        return new Decision(
                told.loop(),
                told.eventId(),
                loop.revision(),
                loop.kind(),
                told.time(),
                null,
                null,
                null,
                List.of(slot),
                null,
                told.modelVersion(),
                told.policy(),
                null,
                null,
                null,
                deferred,
                null,
                null,
                null);
    }
}
