package io.leeway.feedback.kafka;

import io.leeway.contracts.Json;
import io.leeway.contracts.Reward;
import io.leeway.contracts.RewardAggregation;
import io.leeway.contracts.RewardRange;
import io.leeway.contracts.RewardRange.OutOfRange;
import io.leeway.contracts.RewardSettings;
import io.leeway.contracts.Topics;
import io.leeway.feedback.DecisionFacts;
import io.leeway.feedback.FateKind;
import io.leeway.feedback.JoinInput;
import io.leeway.feedback.JoinState;
import io.leeway.feedback.Position;
import io.leeway.feedback.ReceivedReward;
import java.util.List;
import java.util.Map;

/**
 * What the join keeps and what travels to it, as bytes: a tenth of the CPU of JSON, and a third of the room.
 *
 * <p>Part of the data's format. The first byte tells the form; state that was written as JSON, by an earlier build, is still read.
 * Enumerations are written by their ordinal, so that their order must stay as it is.
 */
final class JoinBytes {
    private static final int FORM = 2;
    private static final byte JSON = '{';
    private static final int ROOM = 512;

    private static final int DECISION = 1;
    private static final int REWARD = 2;
    private static final int ACTIVATION = 3;

    private static final int OTHER_TOPIC = 0;
    private static final List<String> TOPICS = List.of("", Topics.DECISIONS, Topics.REWARDS);

    private static final FateKind[] FATES = FateKind.values();
    private static final RewardAggregation[] AGGREGATIONS = RewardAggregation.values();
    private static final OutOfRange[] OUT_OF_RANGE = OutOfRange.values();

    private JoinBytes() {}

    static byte[] of(JoinState state) {
        return new ByteWriter(ROOM)
                .small(FORM)
                .text(state.loop())
                .text(state.eventId())
                .optional(state.settings(), JoinBytes::write)
                .optional(state.decision(), JoinBytes::write)
                .optional(state.arrivedAt(), ByteWriter::time)
                .list(state.rewards(), JoinBytes::write)
                .optional(state.activatedAt(), ByteWriter::time)
                .optional(state.decisionFate(), (out, fate) -> out.small(fate.ordinal()))
                .number(state.revision())
                .list(state.counted(), ByteWriter::text)
                .bytes();
    }

    static JoinState state(byte[] bytes) {
        if (bytes[0] == JSON) {
            return Json.read(bytes, JoinState.class);
        }
        ByteReader in = reader(bytes);
        return new JoinState(
                in.text(),
                in.text(),
                in.optional(JoinBytes::settings),
                in.optional(JoinBytes::facts),
                in.optional(ByteReader::time),
                in.list(JoinBytes::received),
                in.optional(ByteReader::time),
                in.optional(JoinBytes::fate),
                in.number(),
                in.list(ByteReader::text));
    }

    /** The input, and after it the decision as it was logged. */
    static byte[] of(JoinRecord record) {
        ByteWriter out = new ByteWriter(ROOM + record.decision().length).small(FORM);
        JoinInput input = record.input();
        if (input instanceof JoinInput.DecisionMade made) {
            out.small(DECISION).text(made.loop()).text(made.eventId());
            write(out, made.settings());
            write(out, made.decision());
        } else if (input instanceof JoinInput.RewardGiven given) {
            out.small(REWARD);
            write(out, given.settings());
            write(out, given.position());
            write(out, given.reward());
        } else if (input instanceof JoinInput.ActivationGiven given) {
            out.small(ACTIVATION).text(given.loop()).text(given.eventId());
            write(out, given.settings());
            write(out, given.position());
            out.time(given.time());
        }
        return out.raw(record.decision()).bytes();
    }

    static JoinRecord record(byte[] bytes) {
        ByteReader in = reader(bytes);
        int kind = in.small();
        JoinInput input =
                switch (kind) {
                    case DECISION -> new JoinInput.DecisionMade(in.text(), in.text(), settings(in), facts(in));
                    case REWARD -> new JoinInput.RewardGiven(settings(in), position(in), reward(in));
                    case ACTIVATION ->
                        new JoinInput.ActivationGiven(in.text(), in.text(), settings(in), position(in), in.time());
                    default -> throw new IllegalStateException("must be a kind of input: kind=" + kind);
                };
        return new JoinRecord(input, in.rest());
    }

    private static ByteReader reader(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int form = in.small();
        if (form != FORM) {
            throw new IllegalStateException("must be " + FORM + ": form=" + form);
        }
        return in;
    }

    private static void write(ByteWriter out, RewardSettings settings) {
        out.duration(settings.rewardWait())
                .duration(settings.backwardWindow())
                .duration(settings.correctionWindow())
                .flag(settings.closeOnReward())
                .real(settings.defaultReward())
                .small(settings.aggregation().ordinal())
                .optional(settings.range(), (to, range) -> to.real(range.min())
                        .real(range.max())
                        .small(range.outOfRange().ordinal()));
    }

    private static RewardSettings settings(ByteReader in) {
        return new RewardSettings(
                in.duration(),
                in.duration(),
                in.duration(),
                in.flag(),
                in.real(),
                AGGREGATIONS[in.small()],
                in.optional(from -> new RewardRange(from.real(), from.real(), OUT_OF_RANGE[from.small()])));
    }

    private static void write(ByteWriter out, DecisionFacts facts) {
        out.time(facts.time())
                .list(facts.slots(), ByteWriter::text)
                .flag(facts.deferred())
                .text(facts.answer());
        write(out, facts.position());
    }

    private static DecisionFacts facts(ByteReader in) {
        return new DecisionFacts(in.time(), in.list(ByteReader::text), in.flag(), in.text(), position(in));
    }

    private static void write(ByteWriter out, Position position) {
        int topic = Math.max(OTHER_TOPIC, TOPICS.indexOf(position.topic()));
        out.small(topic);
        if (topic == OTHER_TOPIC) {
            out.text(position.topic());
        }
        out.number(position.partition()).number(position.offset());
    }

    private static Position position(ByteReader in) {
        int topic = in.small();
        return new Position(topic == OTHER_TOPIC ? in.text() : TOPICS.get(topic), in.number(), in.longNumber());
    }

    private static void write(ByteWriter out, ReceivedReward held) {
        write(out, held.reward());
        write(out, held.position());
        out.time(held.arrivedAt());
        out.optional(held.fate(), (to, fate) -> to.small(fate.ordinal()));
    }

    private static ReceivedReward received(ByteReader in) {
        return new ReceivedReward(reward(in), position(in), in.time(), in.optional(JoinBytes::fate));
    }

    private static void write(ByteWriter out, Reward reward) {
        out.text(reward.loop())
                .text(reward.eventId())
                .real(reward.value())
                .text(reward.rewardId())
                .text(reward.slot())
                .text(reward.name())
                .optional(reward.time(), ByteWriter::time)
                .optional(reward.other().isEmpty() ? null : reward.other(), (to, other) -> to.block(Json.bytes(other)));
    }

    private static Reward reward(ByteReader in) {
        return new Reward(
                in.text(),
                in.text(),
                in.real(),
                in.text(),
                in.text(),
                in.text(),
                in.optional(ByteReader::time),
                in.optional(from -> other(from.block())));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> other(byte[] json) {
        return Json.read(json, Map.class);
    }

    private static FateKind fate(ByteReader in) {
        return FATES[in.small()];
    }
}
