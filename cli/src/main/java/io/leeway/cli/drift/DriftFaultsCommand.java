package io.leeway.cli.drift;

import io.leeway.cli.CommandException;
import io.leeway.cli.JsonOption;
import io.leeway.cli.drift.FaultCount.Tally;
import io.leeway.core.drift.TableCheck;
import io.leeway.simulator.dataset.DatasetException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says which faults the check would see in data of one's own. */
@Command(
        name = "faults",
        description = "Plants faults into a table, one at a time, and counts which of them the check finds and names.",
        footer = {
            "",
            "Without --current the reference is cut into two halves at random, between which nothing has changed.",
            "Exit status is 1 if a fault was not found or another column was named beside it.",
            "",
            "Examples:",
            "  leeway drift faults --reference february.parquet --current march.parquet",
            "  leeway drift faults --reference customers.csv --seed 7"
        })
final class DriftFaultsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--reference", required = true, paramLabel = "FILE", description = "The table as it was.")
    private Path reference;

    @Option(names = "--current", paramLabel = "FILE", description = "The table that faults are planted into.")
    private Path current;

    @Option(names = "--seed", paramLabel = "N", description = "Of all that is drawn (default ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        TableFile before = read("--reference", reference);
        TableFile after;
        if (current == null) {
            List<TableFile> halves = Rows.halves(before, seed);
            before = halves.get(0);
            after = halves.get(1);
        } else {
            after = read("--current", current);
        }
        FaultCount count = FaultCount.of(before, after, TableCheck.Settings.DEFAULT, seed);
        print(count, json.words());
        if (json.given()) {
            json.write(tree(count));
        }
        Tally all = count.all();
        return all.named() == all.planted() && all.others() == 0 ? 0 : 1;
    }

    private static void print(FaultCount count, PrintStream out) {
        out.println("Without a fault: "
                + (count.without().isEmpty() ? "nothing found" : String.join(", ", count.without())));
        out.printf("%n%-34s %8s %8s %8s %8s %8s%n", "fault", "planted", "found", "named", "others", "as before");
        count.tallies().forEach((fault, tally) -> line(out, fault, tally));
        line(out, "all", count.all());
        out.println();
        out.println(
                "found: the column is reported; named: by a check that says what is wrong; others: other columns reported"
                        + " beside it; as before: not planted, since the same is reported without it.");
        count.remarks().forEach(remark -> out.println("  " + remark));
        out.flush();
    }

    private static void line(PrintStream out, String fault, Tally tally) {
        out.printf(
                "%-34s %8d %8d %8d %8d %8d%n",
                fault, tally.planted(), tally.named(), tally.rightly(), tally.others(), tally.known());
    }

    private static Map<String, Object> tree(FaultCount count) {
        Map<String, Object> faults = new LinkedHashMap<>();
        count.tallies().forEach((fault, tally) -> faults.put(fault, tree(tally)));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("without", List.copyOf(count.without()));
        tree.put("faults", faults);
        tree.put("all", tree(count.all()));
        tree.put("remarks", count.remarks());
        return tree;
    }

    private static Map<String, Object> tree(Tally tally) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("planted", tally.planted());
        tree.put("found", tally.named());
        tree.put("named", tally.rightly());
        tree.put("others", tally.others());
        tree.put("asBefore", tally.known());
        return tree;
    }

    private TableFile read(String option, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ParameterException(spec.commandLine(), "must be a file: " + option + "=" + file);
        }
        try {
            return TableFile.read(file);
        } catch (DatasetException wrong) {
            throw new CommandException(wrong.getMessage(), wrong);
        }
    }
}
