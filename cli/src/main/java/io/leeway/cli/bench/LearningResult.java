package io.leeway.cli.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * What a benchmark of continuous learning found.
 *
 * @param loadBefore load average of the machine when it began
 */
record LearningResult(List<Row> rows, double loadBefore, double loadAfter, String java, int processors) {
    /** How long after the last feedback all may have been learned and serve: some exports. */
    private static final double GRACE_SECONDS = 15;

    /**
     * One learner.
     *
     * @param firstVersion how the version came to serve that checkpoints go out from
     * @param learnedPerSecond feedbacks over the time until the checkpoint that held them all served
     * @param secondsAfter time from the last feedback until then
     * @param mostBehind records on the topic that the learner had not read, at the most
     * @param medianSeconds from the moment a feedback was sent until a checkpoint served that had learned it
     * @param trainingCores CPU of training-service, in cores
     * @param medianMillis of the decisions beside
     */
    record Row(
            String learner,
            String firstVersion,
            int perSecond,
            int feedbacks,
            double learnedPerSecond,
            double secondsAfter,
            long mostBehind,
            int checkpoints,
            double medianSeconds,
            double p95Seconds,
            double trainingCores,
            double predictionCores,
            double decisionsPerSecond,
            double medianMillis,
            double p99Millis,
            long failures) {
        /** Whether what was learned grew as fast as what came. */
        boolean keepsUp() {
            return secondsAfter < GRACE_SECONDS && failures == 0;
        }
    }

    void print(PrintStream out) {
        out.println();
        line(
                out,
                "%-14s %8s %9s %8s %8s %6s | %17s | %14s | %s",
                "learner",
                "asked/s",
                "learned/s",
                "s after",
                "behind",
                "served",
                "s to serving: p50 p95",
                "cores: learn serve",
                "decisions/s  ms p50    p99");
        for (Row row : rows) {
            line(
                    out,
                    "%-14s %8d %9.0f %8.1f %8d %6d | %11.2f %9.2f | %11.2f %6.2f | %10.0f %8.2f %7.2f%s  %s",
                    row.learner(),
                    row.perSecond(),
                    row.learnedPerSecond(),
                    row.secondsAfter(),
                    row.mostBehind(),
                    row.checkpoints(),
                    row.medianSeconds(),
                    row.p95Seconds(),
                    row.trainingCores(),
                    row.predictionCores(),
                    row.decisionsPerSecond(),
                    row.medianMillis(),
                    row.p99Millis(),
                    row.failures() == 0 ? "" : "  FAILED: " + row.failures(),
                    row.keepsUp() ? "keeps up" : "DOES NOT KEEP UP");
        }
        line(
                out,
                "load average %.1f before, %.1f after; %d processors, Java %s",
                loadBefore,
                loadAfter,
                processors,
                java);
    }

    private static void line(PrintStream out, String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}
