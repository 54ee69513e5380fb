package io.leeway.training;

/**
 * Who did something to the registry, and why; both end up in the audit log.
 *
 * @param who a person's name, or the service
 * @param why in words, or null
 */
public record Attribution(String who, String why) {
    private static final int LONGEST = 2000;

    public Attribution {
        who = who == null || who.isBlank() ? "unknown" : shortened(who);
        why = why == null || why.isBlank() ? null : shortened(why);
    }

    /** Done by this service itself. */
    public static Attribution service(String why) {
        return new Attribution("training-service", why);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
