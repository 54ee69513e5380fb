package io.leeway.cli.bakeoff;

import io.leeway.cli.CommandException;
import io.leeway.cli.JsonOption;
import io.leeway.simulator.dataset.DatasetException;
import io.leeway.simulator.dataset.UnknownColumnException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Online policies on data whose answers are known. */
@Command(
        name = "bakeoff",
        description =
                "Tries online policies on data whose answers are known: each row is a situation, the policy chooses, learns only what its choice earned, and is judged by all of its choices.",
        footer = {
            "",
            "A policy is NAME or NAME:PARAMETER=NUMBER:..., for example linucb:alpha=0.3.",
            "Data files: CSV with a header, ARFF, JSON lines (all plain or gzip), Parquet.",
            "A missing cell is a missing feature.",
            "",
            "Examples:",
            "  leeway bakeoff --data cars.csv.gz --label make --order cars.order1.txt.gz",
            "  leeway bakeoff --data DIR --orders 1-5 --policy auto,linucb --json F",
            "  leeway bakeoff --data costs.csv --rewards reward. --actions films.csv",
            "  leeway bakeoff --protocol deep-bandits --data DIR"
        })
public final class BakeoffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data;

    @Mixin
    private JsonOption json;

    @Option(
            names = "--policy",
            paramLabel = "NAMES",
            split = ",",
            description = "Policies to try (default ${DEFAULT-VALUE}).",
            defaultValue = "auto,linucb,linear")
    private List<String> policies;

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description =
                    "progressive (default), or deep-bandits: mushroom with its risky reward, statlog shuttle and covertype of Riquelme, Tucker and Snoek (2018), regret with uniform = 100.",
            defaultValue = "progressive")
    private String protocol;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of every draw (default ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private DeepBanditsOptions deepBandits;

    @Override
    public Integer call() throws Exception {
        List<Entrant> entrants = entrants();
        json.requireWritable();
        List<? extends Contest.SetOfStreams> sets;
        Measure measure;
        try {
            switch (protocol) {
                case "progressive" -> {
                    sets = data.sets(seed);
                    measure = Measure.LOSS;
                }
                case "deep-bandits" -> {
                    sets = deepBandits.sets(data, seed, json.words());
                    measure = Measure.REGRET;
                }
                default ->
                    throw new ParameterException(
                            spec.commandLine(), "must be one of progressive, deep-bandits: --protocol=" + protocol);
            }
        } catch (UnknownColumnException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage());
        } catch (DatasetException wrong) {
            throw new CommandException(wrong.getMessage(), wrong);
        }
        List<Standing> standings = new Contest(entrants, seed).run(sets);
        json.words().print(new BakeoffReport(measure, standings).text());
        json.write(new BakeoffJson(protocol, measure, standings).of(settings()));
        return 0;
    }

    private List<Entrant> entrants() {
        Set<Entrant> entrants = new LinkedHashSet<>();
        for (String policy : policies) {
            try {
                entrants.add(Entrant.of(policy));
            } catch (IllegalArgumentException wrong) {
                throw new ParameterException(spec.commandLine(), wrong.getMessage());
            }
        }
        return new ArrayList<>(entrants);
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("seed", seed);
        settings.putAll(protocol.equals("progressive") ? data.settings() : deepBandits.settings());
        return settings;
    }
}
