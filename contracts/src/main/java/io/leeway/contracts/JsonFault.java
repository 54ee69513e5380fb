package io.leeway.contracts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.leeway.contracts.PlaceNamingFactory.TooDeepException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in our words what Jackson found wrong: the path of the field, what it must be, and what was there. */
final class JsonFault {
    private static final Pattern TOKEN = Pattern.compile("(?:from|coerce) ([\\w-]+) value(?: \\((.+)\\) to )?");
    private static final Pattern OUR_SETTINGS =
            Pattern.compile(": enable `[^`]*` to allow| \\(start marker at \\[Source: .*\\]\\)");
    private static final String JACKSONS_WORDS = "Document nesting depth";
    private static final String TOO_DEEP = "must be nested at most " + Json.DEEPEST + " deep: depth=";
    private static final JsonFactory UNLIMITED = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final Map<Class<?>, String> WORDS = Map.ofEntries(
            Map.entry(double.class, "a number"),
            Map.entry(Double.class, "a number"),
            Map.entry(int.class, "a whole number of 32 bits"),
            Map.entry(Integer.class, "a whole number of 32 bits"),
            Map.entry(long.class, "a whole number of 64 bits"),
            Map.entry(Long.class, "a whole number of 64 bits"),
            Map.entry(boolean.class, "true or false"),
            Map.entry(Boolean.class, "true or false"),
            Map.entry(String.class, "text"),
            Map.entry(Instant.class, "a time in ISO 8601, as in 2026-01-31T12:00:00Z"),
            Map.entry(Duration.class, "a duration in ISO 8601, as in PT10S"));

    private JsonFault() {}

    static UnreadableJsonException of(IOException e) {
        if (e instanceof TooDeepException placed) {
            return ofNesting(placed.path(), e);
        }
        if (e.getCause() instanceof ContractViolation violation) {
            return new UnreadableJsonException(path(e, violation.field()), violation.getMessage(), e);
        }
        if (e.getCause() instanceof InputCoercionException overflow) {
            return ofValue(e, overflow.getTargetType(), "too large");
        }
        if (e.getCause() instanceof JsonProcessingException syntax && !(syntax instanceof JsonMappingException)) {
            return ofSyntax(syntax);
        }
        if (e instanceof MismatchedInputException mismatch) {
            return ofMismatch(mismatch);
        }
        if (e instanceof JsonMappingException mapping) {
            return new UnreadableJsonException(path(mapping, ""), "cannot be read" + place(mapping), e);
        }
        if (e instanceof JsonProcessingException syntax) {
            return ofSyntax(syntax);
        }
        return new UnreadableJsonException("", "cannot be read", e);
    }

    private static UnreadableJsonException ofSyntax(JsonProcessingException e) {
        if (isTooDeep(e)) {
            return ofNesting(e instanceof TooDeepException placed ? placed.path() : "", e);
        }
        if (e instanceof StreamConstraintsException) {
            String limit = e.getOriginalMessage().replaceAll(", from `[^`]*`", "");
            return new UnreadableJsonException("", "must keep to the limits of a document: " + limit, e);
        }
        String fault = OUR_SETTINGS.matcher(e.getOriginalMessage()).replaceAll("");
        return new UnreadableJsonException("", "not JSON" + place(e) + field(e) + ": " + fault, e);
    }

    private static UnreadableJsonException ofNesting(String path, IOException e) {
        return new UnreadableJsonException(path, TOO_DEEP + (Json.DEEPEST + 1), e);
    }

    static boolean isTooDeep(IOException e) {
        Throwable thrown = e instanceof StreamConstraintsException ? e : e.getCause();
        return thrown instanceof StreamConstraintsException constraint
                && constraint.getOriginalMessage().startsWith(JACKSONS_WORDS);
    }

    /** Reads the document once more up to where it is too deep. */
    static UnreadableJsonException tooDeep(IOException e, byte[] document) {
        try (JsonParser again = UNLIMITED.createParser(document)) {
            while (again.nextToken() != null) {
                if (again.getParsingContext().getNestingDepth() > Json.DEEPEST) {
                    return ofNesting(PlaceNamingFactory.path(again.getParsingContext()), e);
                }
            }
        } catch (IOException notEvenJson) {
            return of(e);
        }
        return of(e);
    }

    private static UnreadableJsonException ofMismatch(MismatchedInputException e) {
        String field = path(e, "");
        String constraint = "must be " + word(e.getTargetType());
        if (!field.isEmpty()) {
            return ofValue(e, e.getTargetType(), given(e));
        }
        String fault = e.getOriginalMessage().startsWith("Trailing token")
                ? "must end after one value"
                : e.getOriginalMessage().startsWith("No content") ? "must not be empty" : constraint;
        return new UnreadableJsonException("", fault + place(e), e);
    }

    private static UnreadableJsonException ofValue(IOException e, Class<?> type, Object given) {
        String field = path(e, "");
        String name = field.substring(field.lastIndexOf('.') + 1);
        String message = new ContractViolation(name, "must be " + word(type), given).getMessage();
        return new UnreadableJsonException(field, message, e);
    }

    private static String word(Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> Json.mapper().convertValue(constant, String.class))
                            .toList();
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return WORDS.getOrDefault(type, "an object");
    }

    private static Object given(MismatchedInputException e) {
        if (e instanceof InvalidFormatException format) {
            return format.getValue();
        }
        Matcher token = TOKEN.matcher(e.getOriginalMessage());
        if (!token.find()) {
            return null;
        }
        if (token.group(2) != null) {
            return token.group(2);
        }
        return switch (token.group(1)) {
            case "Array" -> "[...]";
            case "Object" -> "{...}";
            default -> token.group(1);
        };
    }

    /** The name before the fault, where there is one. */
    private static String field(JsonProcessingException e) {
        try {
            String name = e.getProcessor() instanceof JsonParser parser ? parser.currentName() : null;
            return name == null ? "" : ", at " + name;
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static String place(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static String path(IOException e, String last) {
        StringBuilder path = new StringBuilder();
        if (e instanceof JsonMappingException mapping) {
            for (JsonMappingException.Reference step : mapping.getPath()) {
                if (step.getFieldName() == null) {
                    path.append('[').append(step.getIndex()).append(']');
                } else {
                    path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
                }
            }
        }
        if (!last.isEmpty()) {
            path.append(path.isEmpty() ? "" : ".").append(last);
        }
        return path.toString();
    }
}
