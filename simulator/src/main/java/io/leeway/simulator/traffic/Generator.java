package io.leeway.simulator.traffic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.leeway.contracts.Action;
import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Json;
import io.leeway.report.Progress;
import io.leeway.simulator.world.BanditWorld;
import io.leeway.simulator.world.Noise;
import io.leeway.simulator.world.Visit;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Writes data sets as JSON lines (gzipped when the file's name ends in {@code .gz}): off-policy records of simulated users
 * under the random policy, or observed values. Streams; the same arguments give the same bytes; a file is there whole or
 * not at all.
 */
public final class Generator {

    private static final long CHOICES = 0xC401CE;

    private Generator() {}

    /**
     * The records of the uniform random policy.
     *
     * @param run beginning of every event id
     * @param from moment of the first visit
     * @param start time of the first record; the others follow a second apart
     */
    public static Stream<OffPolicyRow> rows(
            BanditWorld world, String run, long from, long rows, Instant start, long seed) {
        return LongStream.range(from, from + rows).mapToObj(moment -> {
            Visit visit = world.visit(moment);
            List<Action> actions = visit.actions();
            int chosen = Noise.of(seed, CHOICES, moment).nextInt(actions.size());
            double probability = 1.0 / actions.size();
            return new OffPolicyRow(
                    run + "-" + moment,
                    start.plus(Duration.ofSeconds(moment - from)),
                    visit.context(),
                    actions,
                    actions.stream()
                            .map(action -> new ActionProbability(action.id(), probability, null))
                            .toList(),
                    actions.get(chosen).id(),
                    probability,
                    world.reward(visit, chosen));
        });
    }

    /** The examples as observed values. */
    public static Stream<ObservedRow> rows(
            List<RegressionTraffic.Example> examples, String run, LongFunction<Instant> timeOf) {
        return LongStream.range(0, examples.size()).mapToObj(index -> {
            RegressionTraffic.Example example = examples.get((int) index);
            return new ObservedRow(run + "-" + index, timeOf.apply(index), example.context(), example.truth());
        });
    }

    /**
     * Writes the rows, one line each.
     *
     * @return number of rows
     */
    public static long write(Path file, Stream<?> rows, Progress progress) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.createDirectories(file.toAbsolutePath().getParent());
        long count = 0;
        try (OutputStream out = open(file, part);
                SequenceWriter lines = Json.mapper()
                        .writer()
                        .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                        .withRootValueSeparator("\n")
                        .writeValues(out)) {
            for (Iterator<?> each = rows.iterator(); each.hasNext(); count++) {
                lines.write(each.next());
                progress.advance(1);
            }
            lines.flush();
            if (count > 0) {
                out.write('\n');
            }
        } catch (IOException | RuntimeException failure) {
            Files.deleteIfExists(part);
            throw failure;
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return count;
    }

    private static OutputStream open(Path file, Path part) throws IOException {
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
        return file.toString().endsWith(".gz") ? new GZIPOutputStream(out, 1 << 16) : out;
    }
}
