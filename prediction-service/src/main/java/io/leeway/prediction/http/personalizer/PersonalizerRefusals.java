package io.leeway.prediction.http.personalizer;

import io.leeway.contracts.rest.Problem;
import io.leeway.contracts.rest.Problem.FieldError;
import io.leeway.kit.RefusalForm;
import io.leeway.prediction.http.personalizer.ErrorResponse.PersonalizerError;
import jakarta.inject.Singleton;
import java.util.List;

/** Refusals below {@code /personalizer} have Personalizer's error body, with its names for our fields. Stateless. */
@Singleton
public class PersonalizerRefusals implements RefusalForm {
    private static final String BASE = "/personalizer/";

    @Override
    public boolean appliesTo(String path) {
        return path.startsWith(BASE);
    }

    @Override
    public Object body(Problem problem) {
        String code = code(problem.status(), problem.instance());
        List<FieldError> errors = problem.errors() == null ? List.of() : problem.errors();
        if (errors.isEmpty()) {
            return new ErrorResponse(new PersonalizerError(code, problem.detail(), null, null));
        }
        List<PersonalizerError> details =
                errors.stream().map(error -> error(code, error)).toList();
        PersonalizerError first = details.get(0);
        return new ErrorResponse(
                new PersonalizerError(code, first.message(), first.target(), details.size() == 1 ? null : details));
    }

    private static PersonalizerError error(String code, FieldError error) {
        String field = theirName(error.field());
        return new PersonalizerError(code, error.message().replace(error.field() + "=", field + "="), field, null);
    }

    private static String theirName(String field) {
        return field.replaceFirst("^context(?=$|\\.|\\[)", "contextFeatures")
                .replaceFirst("(^|\\.)excluded$", "$1excludedActions")
                .replaceFirst("^(slots\\[\\d+\\]\\.)name$", "$1id")
                .replaceFirst("(^|\\.)baseline$", "$1baselineAction")
                .replaceFirst("^deferred$", "deferActivation");
    }

    /** The first version knew three codes; the later ones name the call. */
    private static String code(int status, String path) {
        if (status == 401) {
            return "401";
        }
        if (status == 404) {
            return "ResourceNotFound";
        }
        if (status >= 500) {
            return "InternalServerError";
        }
        if (path.startsWith(BASE + "v1.0/")) {
            return "BadRequest";
        }
        if (status == 413) {
            return "PayloadSizeExceeded";
        }
        if (path.endsWith("/rank")) {
            return "InvalidRankRequest";
        }
        if (path.endsWith("/reward")) {
            return "InvalidRewardRequest";
        }
        if (path.endsWith("/activate")) {
            return "InvalidEventIdToActivate";
        }
        return path.endsWith("/configurations/service") ? "InvalidServiceConfiguration" : "InvalidRequest";
    }
}
