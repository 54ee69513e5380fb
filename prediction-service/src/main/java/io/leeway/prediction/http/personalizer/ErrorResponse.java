package io.leeway.prediction.http.personalizer;

import java.util.List;

/** A refusal as Personalizer's clients read it. */
public record ErrorResponse(PersonalizerError error) {
    /** What is wrong; {@code details} names every bad field where there are several. */
    public record PersonalizerError(String code, String message, String target, List<PersonalizerError> details) {}
}
