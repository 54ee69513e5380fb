package io.leeway.prediction;

import io.leeway.contracts.Decision;
import io.leeway.contracts.Json;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.rest.DecisionAnswer;
import io.leeway.core.bandit.Seeds;
import java.util.List;
import java.util.function.Supplier;

/** The decision behind an answer, without its inputs; put together only if somebody asks for it again. */
final class RememberedAnswer implements Supplier<Decision> {
    private final String salt;
    private final long revision;
    private final boolean deferred;
    private final byte[] answer;

    /**
     * @param salt of the loop, which the draw follows from
     * @param revision of the loop
     * @param answer as the caller got it
     */
    RememberedAnswer(String salt, long revision, boolean deferred, byte[] answer) {
        this.salt = salt;
        this.revision = revision;
        this.deferred = deferred;
        this.answer = answer;
    }

    @Override
    public Decision get() {
        DecisionAnswer told = Json.read(answer, DecisionAnswer.class);
        SlotDecision slot = new SlotDecision(
                SlotDecision.MAIN,
                told.ranking(),
                told.action(),
                told.probability(),
                Seeds.uniform(salt, told.eventId(), SlotDecision.MAIN, "action"),
                null,
                null,
                null);
        return Decision.builder(told.loop(), told.eventId(), LoopKind.BANDIT, told.time())
                .loopRevision(revision)
                .slots(List.of(slot))
                .modelVersion(told.modelVersion())
                .policy(told.policy())
                .deferred(deferred)
                .build();
    }
}
