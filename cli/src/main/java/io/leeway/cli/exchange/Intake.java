package io.leeway.cli.exchange;

import io.leeway.cli.client.LeewayClient;
import io.leeway.contracts.Json;
import io.leeway.contracts.rest.HistoryLine;
import io.leeway.contracts.rest.ImportResult;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Sends lines to feedback-logger's import door, in portions that it takes. Not thread safe. */
final class Intake implements Sink {
    private static final int PORTION_BYTES = 4_000_000;

    private final LeewayClient client;
    private final String loop;
    private final Tally tally;
    private final ByteArrayOutputStream portion = new ByteArrayOutputStream(PORTION_BYTES + 100_000);
    private final List<Long> numbers = new ArrayList<>();

    Intake(LeewayClient client, String loop, Tally tally) {
        this.client = client;
        this.loop = loop;
        this.tally = tally;
    }

    @Override
    public void take(long number, HistoryLine line) {
        tally.line();
        portion.writeBytes(Json.bytes(line));
        portion.write('\n');
        numbers.add(number);
        if (portion.size() >= PORTION_BYTES) {
            flush();
        }
    }

    @Override
    public void refuse(long number, String reason) {
        tally.line();
        tally.reject(number, reason);
    }

    @Override
    public void notActivated(long number) {
        tally.line();
        tally.notActivated();
    }

    void flush() {
        if (numbers.isEmpty()) {
            return;
        }
        ImportResult result = client.importHistory(loop, portion.toByteArray());
        tally.sent(result.accepted(), result.duplicates());
        for (ImportResult.RejectedLine line : result.rejected()) {
            tally.reject(numbers.get((int) line.line() - 1), line.reason());
        }
        tally.reject(result.rejectedLines() - result.rejected().size());
        portion.reset();
        numbers.clear();
    }
}
