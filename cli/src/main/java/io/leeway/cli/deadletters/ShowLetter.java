package io.leeway.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leeway.cli.CommandException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one dead letter. */
@Command(name = "show", description = "Shows one record that could not be used: headers, key and value.")
final class ShowLetter implements Callable<Integer> {
    @Parameters(
            paramLabel = "TOPIC@OFFSET",
            description = "As dead-letters list names it: leeway.rewards.v1@12, or rewards@12.")
    private String name;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            defaultValue = "2000",
            description = "At most so many bytes of the value (default: ${DEFAULT-VALUE}).")
    private int most;

    @Mixin
    private KafkaOption kafka;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        int at = name.lastIndexOf('@');
        if (at < 0 || !name.substring(at + 1).matches("\\d{1,18}")) {
            throw new ParameterException(spec.commandLine(), "must be TOPIC@OFFSET: " + name);
        }
        String topic = LetterFilter.topic(name.substring(0, at), spec);
        try (LetterBox box = new LetterBox(kafka.bootstrapServers())) {
            var record = box.record(topic, Long.parseLong(name.substring(at + 1)))
                    .orElseThrow(() -> new CommandException("must be a dead letter: " + name));
            print(record, System.out);
        }
        return 0;
    }

    private void print(ConsumerRecord<byte[], byte[]> record, PrintStream out) {
        out.println("refused at  " + Instant.ofEpochMilli(record.timestamp()));
        for (Header header : record.headers()) {
            out.println("header      " + header.key() + " = "
                    + (header.value() == null ? "null" : new String(header.value(), UTF_8)));
        }
        out.println("key         " + (record.key() == null ? "null" : new String(record.key(), UTF_8)));
        if (record.value() == null) {
            out.println("value       null");
            return;
        }
        int shown = Math.min(Math.max(0, most), record.value().length);
        out.println("value       " + record.value().length + " bytes"
                + (shown < record.value().length ? ", the first " + shown : "") + ":");
        out.println(new String(record.value(), 0, shown, UTF_8));
    }
}
