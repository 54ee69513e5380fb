package io.leeway.cli.deadletters;

import io.leeway.contracts.Topics;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which dead letters are meant. */
final class LetterFilter {
    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "Only of this topic: leeway.rewards.v1, or rewards for short. Can be repeated.")
    private List<String> topics = List.of();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Only where the reason contains the text, in capitals or not.")
    private String reason;

    @Option(names = "--since", paramLabel = "TIME", description = "Only those refused at this time or later, ISO 8601.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only those refused before this time, ISO 8601.")
    private String until;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "At most so many, the oldest first (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * What the filter lets through.
     *
     * @param replayed how many of all that were found have been sent again
     * @param more how many the limit has cut
     */
    record Found(List<Letter> letters, long replayed, long more) {}

    Found find(LetterBox box) {
        return cut(all(box), all -> true);
    }

    /** Without those that were sent again. */
    Found findOpen(LetterBox box) {
        return cut(all(box), letter -> !letter.replayed());
    }

    private Found cut(List<Letter> all, Predicate<Letter> wanted) {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "must be >= 1: --limit=" + limit);
        }
        List<Letter> letters = all.stream().filter(wanted).toList();
        return new Found(
                letters.stream().limit(limit).toList(),
                all.stream().filter(Letter::replayed).count(),
                Math.max(0, letters.size() - limit));
    }

    private List<Letter> all(LetterBox box) {
        Instant from = time("--since", since);
        Instant to = time("--until", until);
        return chosen().stream()
                .flatMap(topic -> box.letters(topic).stream())
                .filter(letter -> from == null || !letter.at().isBefore(from))
                .filter(letter -> to == null || letter.at().isBefore(to))
                .filter(letter -> reason == null
                        || letter.reason().toLowerCase(Locale.ROOT).contains(reason.toLowerCase(Locale.ROOT)))
                .sorted(Comparator.comparing(Letter::at)
                        .thenComparing(Letter::topic)
                        .thenComparing(Letter::offset))
                .toList();
    }

    private List<String> chosen() {
        return topics.isEmpty()
                ? Topics.inputs()
                : topics.stream().map(topic -> topic(topic, spec)).toList();
    }

    /** The full name of a topic that has dead letters. */
    static String topic(String name, CommandSpec spec) {
        return Topics.inputs().stream()
                .filter(topic -> topic.equals(name) || topic.equals("leeway." + name + ".v1"))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "must be one of " + Topics.inputs() + ": topic=" + name));
    }

    private Instant time(String option, String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(), "must be a time such as 2026-03-01T12:00:00Z: " + option + "=" + text);
        }
    }
}
