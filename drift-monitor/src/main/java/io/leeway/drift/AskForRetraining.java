package io.leeway.drift;

import io.leeway.contracts.Cause;
import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.Loop;
import io.leeway.contracts.MovedInput;
import io.leeway.contracts.Pipeline;
import io.leeway.contracts.RetrainRequest;
import io.leeway.contracts.TrainingEventType;
import io.leeway.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Decides when a loop's retraining is asked for. Not thread safe; a function of what it was told, so a replay asks the same.
 *
 * <p>It asks while a degradation lasts (not only at the moment of the alarm), once enough feedback has come since it began. It
 * does not ask while a request is open, in the quiet time after one, beyond the loop's daily limit, or while an operator holds the
 * loop still. A request is open until its training fails or is rejected, or another model serves, and for {@code patience} at the
 * most. It does not ask again for inputs that a new model was asked for already and that look no different to it. Schedule and
 * volume are the training service's own business.
 */
final class AskForRetraining {
    private static final Duration DAY = Duration.ofDays(1);

    /** Between the word that a version was promoted and its arrival on the models topic. */
    private static final Duration ARRIVAL = Duration.ofSeconds(30);

    /** So much larger an effect is a new case. */
    private static final double LARGER = 1.25;

    private final Duration patience;
    private final Deque<Instant> asked = new ArrayDeque<>();
    private Instant openUntil;
    private long serial;
    private Case pending;
    private Case answered;

    AskForRetraining(Duration patience) {
        this.patience = patience;
    }

    void told(TrainingEventType type, Instant now) {
        switch (type) {
            case QUEUED, MERGED -> openUntil = now.plus(patience);
            case PROMOTED -> openUntil = open(now) ? earlier(openUntil, now.plus(ARRIVAL)) : null;
            case REJECTED, FAILED, CANCELLED -> ended();
            default -> {
                // Steps and registration come before the verdict; a roll-back and a refusal are no training.
            }
        }
    }

    /** Training has ended. */
    void ended() {
        openUntil = null;
    }

    /** Another model serves. */
    void swapped() {
        ended();
        answered = pending;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** @param troubles degradations that last, the most important first */
    Optional<RetrainRequest> decide(Instant now, Loop loop, List<Trouble> troubles) {
        if (against(now, loop).isPresent()) {
            return Optional.empty();
        }
        int enough = loop.settings().training().minimumFeedback();
        for (Trouble trouble : troubles) {
            if (trouble.matured() >= enough && !answered(trouble.drift())) {
                return Optional.of(ask(now, loop, trouble));
            }
        }
        return Optional.empty();
    }

    /** Why no training may be asked for now; empty if it may. */
    Optional<String> against(Instant now, Loop loop) {
        if (loop.freeze() != null) {
            return Optional.of("the loop is frozen");
        }
        if (open(now)) {
            return Optional.of("a request is open");
        }
        return Optional.ofNullable(quietUntil(loop.settings().drift(), now))
                .map(until -> "none is sent until " + until);
    }

    /** What a person asks for; kept in the same account as what drift asks for. */
    RetrainRequest askByHand(Instant now, Loop loop, String reason) {
        count(now);
        return new RetrainRequest(
                Identity.of(loop, "retrain", serial),
                loop.name(),
                now,
                Cause.PERSON,
                Pipeline.RETRAINING,
                reason,
                null,
                null,
                true,
                List.of(),
                Map.of());
    }

    /**
     * Whether training was asked for because of the same inputs, another model came, and they look no different to it: more of the
     * same would help no more. Other inputs, or a larger effect, are a new case.
     */
    private boolean answered(Drift drift) {
        if (answered == null || drift.kind() != answered.kind()) {
            return false;
        }
        double effect = drift.effect() == null ? 0 : Math.abs(drift.effect());
        return names(drift).equals(answered.inputs()) && effect <= LARGER * answered.effect();
    }

    private static Set<String> names(Drift drift) {
        return drift.inputs().stream().map(MovedInput::input).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What inputs-like drift the last request was for. */
    private record Case(DriftKind kind, Set<String> inputs, double effect) {}

    private RetrainRequest ask(Instant now, Loop loop, Trouble trouble) {
        count(now);
        Drift drift = trouble.drift();
        pending = trouble.since() != null
                ? null
                : new Case(drift.kind(), names(drift), drift.effect() == null ? 0 : Math.abs(drift.effect()));
        return request(now, loop, trouble);
    }

    private void count(Instant now) {
        Instant dayAgo = now.minus(DAY);
        asked.removeIf(time -> !time.isAfter(dayAgo));
        asked.addLast(now);
        openUntil = now.plus(patience);
        serial++;
    }

    private RetrainRequest request(Instant now, Loop loop, Trouble trouble) {
        return new RetrainRequest(
                Identity.of(loop, "retrain", serial),
                loop.name(),
                now,
                Cause.DRIFT,
                Pipeline.RETRAINING,
                trouble.drift().description(),
                trouble.drift().driftId(),
                trouble.since(),
                true,
                List.of(),
                Map.of());
    }

    boolean open(Instant now) {
        return openUntil != null && now.isBefore(openUntil);
    }

    /** Requests in the last 24 hours. */
    int lastDay(Instant now) {
        Instant dayAgo = now.minus(DAY);
        return (int) asked.stream().filter(time -> time.isAfter(dayAgo)).count();
    }

    /** Until when none is sent, because of the quiet time or the daily limit; null when one may be. */
    Instant quietUntil(DriftSettings settings, Instant now) {
        Instant until = asked.isEmpty() ? Instant.MIN : asked.getLast().plus(settings.coolDown());
        int most = settings.retrainsPerDay();
        if (lastDay(now) >= most) {
            Instant free = most == 0 ? now.plus(DAY) : nth(asked.size() - most).plus(DAY);
            until = free.isAfter(until) ? free : until;
        }
        return until.isAfter(now) ? until : null;
    }

    private Instant nth(int index) {
        return asked.stream().skip(index).findFirst().orElseThrow();
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("asked", asked.stream().map(Instant::toString).toList());
        json.put("serial", serial);
        if (openUntil != null) {
            json.put("openUntil", openUntil.toString());
        }
        put(json, "pending", pending);
        put(json, "answered", answered);
        return json;
    }

    private static void put(Map<String, Object> json, String name, Case one) {
        if (one != null) {
            json.put(name, Map.of("kind", one.kind.name(), "inputs", List.copyOf(one.inputs), "effect", one.effect));
        }
    }

    private static Case read(JsonObject json, String name) {
        if (!json.has(name)) {
            return null;
        }
        JsonObject one = json.object(name);
        return new Case(DriftKind.valueOf(one.text("kind")), new TreeSet<>(one.texts("inputs")), one.number("effect"));
    }

    static AskForRetraining fromJson(JsonObject json, Duration patience) {
        AskForRetraining restored = new AskForRetraining(patience);
        json.texts("asked").forEach(time -> restored.asked.add(Instant.parse(time)));
        restored.serial = json.integer("serial");
        restored.pending = read(json, "pending");
        restored.answered = read(json, "answered");
        restored.openUntil = json.has("openUntil") ? Instant.parse(json.text("openUntil")) : null;
        return restored;
    }
}
