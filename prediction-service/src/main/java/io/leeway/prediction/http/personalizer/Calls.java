package io.leeway.prediction.http.personalizer;

import io.leeway.contracts.Decision;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.Reward;
import io.leeway.prediction.AcceptReward;
import io.leeway.prediction.Decide;
import io.leeway.prediction.LoopLimits;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** What calls do once they have been read, the same with one slot and with several. Thread safe; blocks until it has been logged. */
@Singleton
final class Calls {
    private final Keys keys;
    private final Decide decide;
    private final AcceptReward accept;
    private final LoopLimits limits;

    Calls(Keys keys, Decide decide, AcceptReward accept, LoopLimits limits) {
        this.keys = keys;
        this.decide = decide;
        this.accept = accept;
        this.limits = limits;
    }

    /**
     * @param request asked for only once the key has proved good
     * @param answer of what was asked and what was decided; a decision that is remembered no longer knows what was asked
     */
    Response rank(String key, Supplier<DecisionRequest> request, BiFunction<DecisionRequest, Decision, Object> answer) {
        String loop = admitted(key);
        DecisionRequest asked = request.get();
        return Response.status(Response.Status.CREATED)
                .entity(answer.apply(asked, decide.choose(loop, asked)))
                .build();
    }

    /** @param rewards asked for only once the key has proved good; all of them are logged, or none */
    Response reward(String key, Supplier<List<Reward>> rewards) {
        String loop = admitted(key);
        accept.acceptAll(loop, rewards.get());
        return Response.noContent().build();
    }

    Response activate(String key, String eventId) {
        accept.activate(admitted(key), eventId);
        return Response.noContent().build();
    }

    /** The loop of the key, with this call counted. */
    private String admitted(String key) {
        String loop = keys.loop(key);
        limits.admit(loop);
        return loop;
    }
}
