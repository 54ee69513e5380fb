package io.leeway.core.logs;

import io.leeway.core.json.Json;
import io.leeway.core.json.JsonException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Decision-service JSON, the log of Vowpal Wabbit's decision service and of Azure Personalizer, one line at a time. Thread-safe: no
 * state.
 *
 * <p>{@code _label_cost} is minus the reward; {@code _label_probability} that of the chosen action; {@code _label_Action} its number
 * from 1 (or {@code _labelIndex} from 0); {@code a} the numbers of the actions, {@code p} their probabilities in the order of
 * {@code a}; {@code c} the context with the actions in {@code _multi}. {@code pdrop} is the share of events that was dropped before
 * this one was kept: it makes the event count 1 / (1 - pdrop), once, and never touches its probability. {@code _skipLearn} marks a
 * deferred decision that was not activated. Events of several slots have {@code _slots} beside {@code _multi}, and in
 * {@code _outcomes} the label of each slot, whose actions {@code _a} count from 0.
 *
 * @see "https://github.com/VowpalWabbit/vowpal_wabbit/wiki/DSJSON"
 */
public final class Dsjson {
    /** As Personalizer writes times. */
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private Dsjson() {}

    /** Whether a line looks like one: a decision, or a reward without its decision. */
    public static boolean resembles(String line) {
        return line.contains("\"_label_")
                || line.contains("\"_labelIndex\"")
                || line.contains("\"_multi\"")
                || line.contains("\"_outcomes\"");
    }

    /** Reads one line; throws {@link LogFormatException} with the reason if it is no decision of one choice with its reward. */
    public static LoggedDecision read(String line) {
        return readEvent(line).decision();
    }

    /** Reads one line; throws {@link LogFormatException} with the reason if it is no decision with its reward. */
    public static LoggedEvent readEvent(String line) {
        try {
            return DsjsonReader.read(Json.readObject(line));
        } catch (JsonException e) {
            throw new LogFormatException(e.getMessage(), e);
        }
    }

    /** Writes one line, without its end. */
    public static String write(LoggedEvent event) {
        return Json.writeInOrder(DsjsonWriter.line(event));
    }

    public static String timestamp(Instant time) {
        return TIMESTAMP.format(time);
    }
}
