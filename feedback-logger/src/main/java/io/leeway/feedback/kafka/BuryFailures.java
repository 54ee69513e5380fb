package io.leeway.feedback.kafka;

import io.leeway.contracts.Topics;
import io.leeway.kit.kafka.EventHeaders;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;

/**
 * A record over which our own code fails must not stop all others: it goes to a dead-letter topic, and the fault into the log.
 * Bad records do not come here; the intake refuses them in words.
 */
public final class BuryFailures implements ProcessingExceptionHandler {
    private static final Logger LOG = Logger.getLogger(BuryFailures.class);

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception failure) {
        LOG.errorf(failure, "failed over %s-%d@%d", context.topic(), context.partition(), context.offset());
        if (context.sourceRawValue() == null) {
            return Response.resume();
        }
        String source = Topics.inputs().contains(context.topic()) ? context.topic() : Topics.DECISIONS;
        RecordHeaders headers = EventHeaders.ofDeadLetter(
                context.headers(),
                "failed in the join, see the service's log",
                context.topic(),
                context.partition(),
                context.offset(),
                context.timestamp());
        return Response.resume(List.of(new ProducerRecord<>(
                Topics.deadLetter(source), null, null, context.sourceRawKey(), context.sourceRawValue(), headers)));
    }

    @Override
    public void configure(Map<String, ?> settings) {}
}
