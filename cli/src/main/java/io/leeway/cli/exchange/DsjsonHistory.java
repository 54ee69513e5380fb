package io.leeway.cli.exchange;

import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.rest.HistoryLine;
import io.leeway.contracts.rest.HistoryLine.HistoryReward;
import io.leeway.contracts.rest.HistoryLine.HistorySlot;
import io.leeway.core.features.Action;
import io.leeway.core.logs.Dsjson;
import io.leeway.core.logs.LogFormatException;
import io.leeway.core.logs.LoggedEvent;
import io.leeway.core.logs.LoggedSlot;
import io.leeway.core.logs.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lines of decision-service JSON as lines of history. Stateless. */
final class DsjsonHistory {
    private static final String NO_MODEL = "N/A";
    /** What the import door takes; a log that rounded its probabilities is further off. */
    private static final double SUM_TOLERANCE = 1e-6;

    private static final int ID_BYTES = 16;

    private DsjsonHistory() {}

    /**
     * @param time of a line that has none
     * @throws LogFormatException with the reason if the line is no decision with its reward
     */
    static HistoryLine read(String text, Instant time) {
        return line(text, Dsjson.readEvent(text), time);
    }

    static HistoryLine line(String text, LoggedEvent event, Instant time) {
        Map<String, Double> slotRewards = new LinkedHashMap<>();
        List<HistoryReward> rewards = new ArrayList<>();
        for (LoggedSlot slot : event.slots()) {
            slotRewards.put(slot.name(), slot.reward());
            for (Outcome outcome : slot.outcomes()) {
                if (!outcome.isActivation()) {
                    rewards.add(new HistoryReward(slot.name(), outcome.value(), null, null, null));
                }
            }
        }
        HistorySlot only = event.single() ? slot(event, event.slots().get(0)) : null;
        return new HistoryLine(
                event.eventId().isEmpty() ? id(text) : event.eventId(),
                event.time().isEmpty() ? time : time(event.time()),
                event.context(),
                event.actions().stream()
                        .map(action -> new io.leeway.contracts.Action(action.id(), action.features()))
                        .toList(),
                null,
                only == null
                        ? event.slots().stream().map(slot -> slot(event, slot)).toList()
                        : null,
                only == null ? null : only.action(),
                only == null ? null : only.probability(),
                only == null ? null : only.probabilities(),
                null,
                event.slots().get(0).reward(),
                only == null ? slotRewards : null,
                rewards,
                null,
                event.activated() ? true : null,
                null,
                null,
                null,
                other(event));
    }

    private static HistorySlot slot(LoggedEvent event, LoggedSlot slot) {
        List<ActionProbability> probabilities = new ArrayList<>();
        double sum = slot.probabilities().stream().mapToDouble(p -> p).sum();
        double scale = Math.abs(sum - 1) > SUM_TOLERANCE ? sum : 1;
        for (int i = 0; i < slot.probabilities().size(); i++) {
            String id = event.actions().get(slot.ranking().get(i)).id();
            probabilities.add(
                    new ActionProbability(id, Math.min(1, slot.probabilities().get(i) / scale), null));
        }
        double chosen = probabilities.isEmpty()
                ? slot.probability()
                : probabilities.get(0).probability();
        boolean rounded = Math.abs(chosen - slot.probability()) > SUM_TOLERANCE;
        return new HistorySlot(
                slot.name(),
                slot.features(),
                event.actions().get(slot.chosen()).id(),
                rounded ? chosen : slot.probability(),
                probabilities);
    }

    private static Map<String, Object> other(LoggedEvent event) {
        Map<String, Object> other = new LinkedHashMap<>();
        if (!event.model().isEmpty() && !event.model().equals(NO_MODEL)) {
            other.put(HistoryLine.MODEL, event.model());
        }
        if (event.dropped() > 0) {
            other.put(HistoryLine.DROPPED, event.dropped());
        }
        return other;
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new LogFormatException("must be an ISO 8601 time with its zone: Timestamp=" + text, e);
        }
    }

    /** The same line has the same id when it comes again. */
    private static String id(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /**
     * @param loop names the models that decided
     * @throws LogFormatException if the format cannot say it
     */
    static String write(HistoryLine line, String loop) {
        return Dsjson.write(event(line, loop));
    }

    private static LoggedEvent event(HistoryLine line, String loop) {
        if (line.action() == null && (line.slots() == null || line.slots().isEmpty())) {
            throw new LogFormatException("must choose among actions, predicts a number: eventId=" + line.eventId());
        }
        SlotsOfLine slots = new SlotsOfLine(line);
        return new LoggedEvent(
                line.eventId(),
                Dsjson.timestamp(line.time()),
                line.context() == null ? Map.of() : line.context(),
                slots.actions().stream()
                        .map(action -> new Action(action.id(), action.features()))
                        .toList(),
                slots.logged(),
                model(line, loop),
                line.other().get(HistoryLine.DROPPED) instanceof Number dropped ? dropped.doubleValue() : 0,
                true);
    }

    private static String model(HistoryLine line, String loop) {
        if (line.other().get(HistoryLine.MODEL) instanceof String model) {
            return model;
        }
        return line.modelVersion() == null || line.modelVersion() == 0 ? NO_MODEL : loop + "/" + line.modelVersion();
    }

    /** Whether it is one choice without anything of a slot's own. */
    static boolean single(List<HistorySlot> slots) {
        return slots.size() == 1
                && slots.get(0).name().equals(SlotDecision.MAIN)
                && (slots.get(0).features() == null || slots.get(0).features().isEmpty());
    }
}
