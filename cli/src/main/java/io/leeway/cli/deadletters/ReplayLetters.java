package io.leeway.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leeway.cli.CommandException;
import io.leeway.cli.JsonOption;
import io.leeway.cli.deadletters.LetterFilter.Found;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Topics;
import io.leeway.stack.TopicSetup;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gives dead letters another try. */
@Command(
        name = "replay",
        description = {
            "Sends records that could not be used back to their topic, byte for byte, each once: when the loop exists by now, or the fault is mended."
        })
final class ReplayLetters implements Callable<Integer> {
    /** Of one identity, so that of two that replay at once only the later goes on. */
    private static final String TRANSACTIONS = "leeway-dead-letters-replay";

    /** Said by the dead letter, not by the record. */
    private static final Set<String> LETTERS_OWN = Set.of(
            Headers.DEAD_LETTER_REASON,
            Headers.DEAD_LETTER_TOPIC,
            Headers.DEAD_LETTER_PARTITION,
            Headers.DEAD_LETTER_OFFSET,
            Headers.DEAD_LETTER_TIMESTAMP);

    @Mixin
    private KafkaOption kafka;

    @Mixin
    private LetterFilter filter;

    @Mixin
    private JsonOption json;

    @Option(names = "--dry-run", description = "Only say what would be sent.")
    private boolean dryRun;

    /** What was done, by name. */
    record Replayed(List<String> sent, long before, long more, boolean dryRun) {}

    @Override
    public Integer call() throws IOException {
        json.requireWritable();
        try (LetterBox box = new LetterBox(kafka.bootstrapServers())) {
            Replayed replayed = dryRun ? replay(box, null) : replay(box);
            json.write(replayed);
            json.words()
                    .println(replayed.sent().size() + (dryRun ? " would be sent" : " sent again") + "; "
                            + replayed.before() + " were sent again before"
                            + (replayed.more() == 0 ? "" : "; " + replayed.more() + " more, see --limit"));
        }
        return 0;
    }

    private Replayed replay(LetterBox box) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "transactional.id",
                TRANSACTIONS,
                "max.request.size",
                TopicSetup.DEAD_LETTER_BYTES,
                "max.block.ms",
                15_000);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            // Before the letters are read: what another replay has done by then can be seen, and it does no more.
            producer.initTransactions();
            return replay(box, producer);
        } catch (KafkaException e) {
            throw new CommandException("cannot be sent again: " + e.getMessage(), e);
        }
    }

    private Replayed replay(LetterBox box, KafkaProducer<byte[], byte[]> producer) {
        Found found = filter.findOpen(box);
        for (Letter letter : found.letters()) {
            if (producer != null) {
                send(letter, box, producer);
            }
            json.words().println(letter.name() + "  " + letter.reason());
        }
        return new Replayed(
                found.letters().stream().map(Letter::name).toList(), found.replayed(), found.more(), dryRun);
    }

    /** The record and the mark that it was replayed: both or neither. */
    private static void send(Letter letter, LetterBox box, KafkaProducer<byte[], byte[]> producer) {
        ConsumerRecord<byte[], byte[]> record = box.record(letter.topic(), letter.offset())
                .orElseThrow(() -> new CommandException("must be a dead letter: " + letter.name()));
        producer.beginTransaction();
        producer.send(original(letter, record));
        RecordHeaders mark = new RecordHeaders();
        mark.add(Headers.DEAD_LETTER_REPLAYED, Long.toString(letter.offset()).getBytes(UTF_8));
        producer.send(new ProducerRecord<>(Topics.deadLetter(letter.topic()), 0, null, null, null, mark));
        producer.commitTransaction();
    }

    private static ProducerRecord<byte[], byte[]> original(Letter letter, ConsumerRecord<byte[], byte[]> record) {
        RecordHeaders headers = new RecordHeaders();
        for (Header header : record.headers()) {
            if (!LETTERS_OWN.contains(header.key())) {
                headers.add(header);
            }
        }
        Integer partition = letter.sourcePartition() < 0 ? null : letter.sourcePartition();
        Long timestamp = LetterBox.text(record, Headers.DEAD_LETTER_TIMESTAMP)
                .map(Long::parseLong)
                .orElse(null);
        return new ProducerRecord<>(letter.topic(), partition, timestamp, record.key(), record.value(), headers);
    }
}
