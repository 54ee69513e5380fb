package io.leeway.prediction.kafka;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Records of the journal on their way; the one callback of all of them. The shipper adds, the producer's thread settles. */
final class Batch implements Callback {
    private final Thread shipper;
    /** One more than the records that are under way, until the batch is closed. */
    private final AtomicInteger open = new AtomicInteger(1);

    private volatile Exception failure;
    private Exception refusal;
    private int records;
    private long end;
    private long bytes;

    Batch(Thread shipper) {
        this.shipper = shipper;
    }

    void add() {
        records++;
        open.incrementAndGet();
    }

    void close(long endPosition, long sentBytes) {
        end = endPosition;
        bytes = sentBytes;
        open.decrementAndGet();
    }

    @Override
    public void onCompletion(RecordMetadata metadata, Exception thrown) {
        if (Thread.currentThread() == shipper) {
            // Within the call that sends: the producer has not taken the record.
            refusal = thrown;
            records--;
            open.decrementAndGet();
            return;
        }
        if (thrown != null) {
            failure = thrown;
        }
        if (open.decrementAndGet() == 0) {
            LockSupport.unpark(shipper);
        }
    }

    boolean isDone() {
        return open.get() == 0;
    }

    /** Why the producer did not take the last record; null if it took all of them. For the shipper. */
    Exception refusal() {
        return refusal;
    }

    /** What the broker said to one of the records; null if it has them. */
    Exception failure() {
        return failure;
    }

    int records() {
        return records;
    }

    long end() {
        return end;
    }

    long bytes() {
        return bytes;
    }
}
