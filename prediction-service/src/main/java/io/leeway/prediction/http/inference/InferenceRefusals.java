package io.leeway.prediction.http.inference;

import io.leeway.contracts.rest.Problem;
import io.leeway.kit.RefusalForm;
import jakarta.inject.Singleton;
import java.util.Map;

/** Refusals below {@code /v2} are an object with the text alone, as the protocol has it. Stateless. */
@Singleton
public class InferenceRefusals implements RefusalForm {
    @Override
    public boolean appliesTo(String path) {
        return path.equals("/v2") || path.startsWith("/v2/");
    }

    @Override
    public Object body(Problem problem) {
        return Map.of("error", problem.detail());
    }
}
