package io.leeway.cli.deadletters;

import io.leeway.cli.JsonOption;
import io.leeway.cli.deadletters.LetterFilter.Found;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists dead letters. */
@Command(name = "list", description = "Lists records that could not be used, with the reason.")
final class ListLetters implements Callable<Integer> {
    @Mixin
    private KafkaOption kafka;

    @Mixin
    private LetterFilter filter;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        json.requireWritable();
        PrintStream words = json.words();
        try (LetterBox box = new LetterBox(kafka.bootstrapServers())) {
            Found found = filter.find(box);
            for (Letter letter : found.letters()) {
                words.println(String.format(
                        Locale.ROOT,
                        "%-30s %-24s %s%s",
                        letter.name(),
                        letter.at(),
                        letter.reason(),
                        letter.replayed() ? "  [replayed]" : ""));
            }
            words.println(found.letters().size() + " dead letters"
                    + (found.more() == 0 ? "" : "; " + found.more() + " more, see --limit"));
            json.write(found);
        }
        return 0;
    }
}
