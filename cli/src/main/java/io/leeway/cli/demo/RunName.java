package io.leeway.cli.demo;

/** Names of a run's loops: new for each run, because a loop of an earlier run may still be on the stack. */
final class RunName {
    private RunName() {}

    static String of(String demo) {
        return demo + "-" + Long.toString(System.currentTimeMillis() / 1000, 36);
    }
}
