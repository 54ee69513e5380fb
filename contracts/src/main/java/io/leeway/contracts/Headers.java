package io.leeway.contracts;

/**
 * Names of Kafka record headers: CloudEvents 1.0 in binary mode, and ours beside them.
 *
 * <p>A record without {@code ce_type} is taken as version 1 of its topic's own type (a reward on the rewards topic), so that
 * a producer in any language can write one by hand.
 */
public final class Headers {
    public static final String CE_SPEC_VERSION = "ce_specversion";
    public static final String CE_ID = "ce_id";
    public static final String CE_SOURCE = "ce_source";
    public static final String CE_TYPE = "ce_type";
    public static final String CE_TIME = "ce_time";
    public static final String CE_SUBJECT = "ce_subject";
    public static final String CONTENT_TYPE = "content-type";

    public static final String MODEL_LOOP = "leeway_loop";
    public static final String MODEL_ROLE = "leeway_role";
    public static final String MODEL_VERSION = "leeway_model_version";
    /** On a model that is a checkpoint of its version: how many feedbacks its continuous learner had learned. */
    public static final String MODEL_CHECKPOINT = "leeway_checkpoint";

    public static final String MODEL_SHA256 = "leeway_sha256";

    /** On a decision request: the topic that the answer is wanted on, beside the decisions topic. */
    public static final String REPLY_TOPIC = "leeway_reply_topic";

    public static final String DEAD_LETTER_REASON = "leeway_reason";
    public static final String DEAD_LETTER_TOPIC = "leeway_topic";
    public static final String DEAD_LETTER_PARTITION = "leeway_partition";
    public static final String DEAD_LETTER_OFFSET = "leeway_offset";

    /** The record's own timestamp, milliseconds since 1970. */
    public static final String DEAD_LETTER_TIMESTAMP = "leeway_timestamp";

    /** On a dead-letter topic: no letter, but the mark that the letter of this offset there was sent back to its topic. */
    public static final String DEAD_LETTER_REPLAYED = "leeway_replayed";

    private Headers() {}
}
