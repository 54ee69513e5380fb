package io.leeway.training;

/** The feedback topic was made anew while it was read. */
public final class TopicReplacedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TopicReplacedException(String before, String now) {
        super("the feedback topic was made anew: it was " + before + " and is " + now);
    }
}
