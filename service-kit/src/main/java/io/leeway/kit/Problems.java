package io.leeway.kit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Json;
import io.leeway.contracts.UnreadableJsonException;
import io.leeway.contracts.rest.Problem;
import io.leeway.contracts.rest.Problem.FieldError;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what goes wrong in a call into {@code application/problem+json}, without class names or stack traces. */
public class Problems {
    public static final String MEDIA_TYPE = "application/problem+json";
    private static final Logger LOG = Logger.getLogger(Problems.class);

    private final Refusals refusals;

    Problems(Refusals refusals) {
        this.refusals = refusals;
    }

    @ServerExceptionMapper
    public Response refusal(ProblemException e, UriInfo uri) {
        Response answer = answer(e.type(), e.getMessage(), uri, e.errors());
        if (e.retryAfter() == null) {
            return answer;
        }
        long seconds = Math.max(1, e.retryAfter().toSeconds());
        return Response.fromResponse(answer)
                .header(HttpHeaders.RETRY_AFTER, seconds)
                .build();
    }

    @ServerExceptionMapper
    public Response violation(ContractViolation e, UriInfo uri) {
        return answer(ProblemType.INVALID, e.getMessage(), uri, List.of(new FieldError(e.field(), e.getMessage())));
    }

    @ServerExceptionMapper
    public Response unreadable(UnreadableJsonException e, UriInfo uri) {
        if (e.field().isEmpty()) {
            return answer(ProblemType.MALFORMED, e.getMessage(), uri, List.of());
        }
        return answer(ProblemType.INVALID, e.getMessage(), uri, List.of(new FieldError(e.field(), e.getMessage())));
    }

    @ServerExceptionMapper
    public Response json(JsonProcessingException e, UriInfo uri) {
        return unreadable(Json.unreadable(e), uri);
    }

    /** Of its own because the framework has a mapper for this one. */
    @ServerExceptionMapper
    public Response mismatch(MismatchedInputException e, UriInfo uri) {
        return json(e, uri);
    }

    @ServerExceptionMapper
    public Response constraints(ConstraintViolationException e, UriInfo uri) {
        List<FieldError> errors = e.getConstraintViolations().stream()
                .map(Problems::error)
                .sorted(Comparator.comparing(FieldError::field))
                .toList();
        return answer(ProblemType.INVALID, errors.get(0).message(), uri, errors);
    }

    @ServerExceptionMapper
    public Response framework(WebApplicationException e, UriInfo uri, HttpHeaders headers) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return json(json, uri);
        }
        int status = e.getResponse().getStatus();
        if (status < 400) {
            return e.getResponse();
        }
        ProblemType type = ProblemType.ofStatus(status);
        String detail = type == ProblemType.UNSUPPORTED_MEDIA_TYPE
                ? "must be a content type that this path takes: " + HttpHeaders.CONTENT_TYPE + "="
                        + headers.getHeaderString(HttpHeaders.CONTENT_TYPE)
                : type.title() + ": " + uri.getPath();
        return answer(type, detail, uri, List.of(), status);
    }

    @ServerExceptionMapper
    public Response failure(Throwable e, UriInfo uri) {
        LOG.errorf(e, "call failed: %s", uri.getPath());
        return answer(ProblemType.INTERNAL, "see the service's log", uri, List.of());
    }

    /** What a refusal says, for one item of several in a call; what is not a refusal is logged, and told as a fault of ours. */
    public static Problem of(RuntimeException e, String instance) {
        if (e instanceof ProblemException refusal) {
            return problem(refusal.type(), refusal.getMessage(), instance, refusal.errors());
        }
        if (e instanceof ContractViolation violation) {
            FieldError error = new FieldError(violation.field(), violation.getMessage());
            return problem(ProblemType.INVALID, violation.getMessage(), instance, List.of(error));
        }
        if (e instanceof UnreadableJsonException unreadable) {
            FieldError error = new FieldError(unreadable.field(), unreadable.getMessage());
            boolean syntax = unreadable.field().isEmpty();
            return problem(
                    syntax ? ProblemType.MALFORMED : ProblemType.INVALID,
                    unreadable.getMessage(),
                    instance,
                    syntax ? List.of() : List.of(error));
        }
        if (e instanceof UnusableEventException) {
            return problem(ProblemType.MALFORMED, e.getMessage(), instance, List.of());
        }
        LOG.errorf(e, "an item of a call failed: %s", instance);
        return problem(ProblemType.INTERNAL, "see the service's log", instance, List.of());
    }

    private static Problem problem(ProblemType type, String detail, String instance, List<FieldError> errors) {
        return new Problem(
                type.type(), type.title(), type.status(), detail, instance, errors.isEmpty() ? null : errors);
    }

    private static FieldError error(ConstraintViolation<?> violation) {
        String field = StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .filter(node -> node.getKind() != ElementKind.METHOD)
                .map(Object::toString)
                .collect(Collectors.joining("."));
        return new FieldError(field, violation.getMessage() + ": " + field + "=" + violation.getInvalidValue());
    }

    private Response answer(ProblemType type, String detail, UriInfo uri, List<FieldError> errors) {
        return answer(type, detail, uri, errors, type.status());
    }

    private Response answer(ProblemType type, String detail, UriInfo uri, List<FieldError> errors, int status) {
        return refusals.answer(new Problem(
                type.type(), type.title(), status, detail, uri.getPath(), errors.isEmpty() ? null : errors));
    }
}
