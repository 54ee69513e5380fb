package io.leeway.benchmarks.served;

import io.leeway.core.features.Action;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** Streams of offers whose actions have features, all of whose rewards are known. */
interface Offers {
    Offer next(SplittableRandom random);

    /** Those that can be made: the last three need data. */
    static Map<String, Offers> all(Path data) throws IOException {
        Map<String, Offers> all = new LinkedHashMap<>();
        all.put("synthetic", Offers::synthetic);
        Path houses = data.resolve("california-housing/cal_housing.arff.gz");
        if (Files.exists(houses)) {
            all.put("houses", largest(rows(houses, 9), IntStream.range(0, 8).toArray(), 8, 500_001));
        }
        Path bikes = data.resolve("uci-bike-sharing/hour.csv.gz");
        if (Files.exists(bikes)) {
            int[] columns = IntStream.range(2, 14).filter(column -> column != 3).toArray();
            all.put("bikes", largest(rows(bikes, 17), columns, 16, 977));
        }
        Path films = data.resolve("movielens-100k");
        if (Files.exists(films)) {
            all.put("films", films(films));
        }
        return all;
    }

    /** A reward that depends on context and action, and not linearly; the features are those of the serving benchmark. */
    private static Offer synthetic(SplittableRandom random) {
        String[] words = {"red", "blue", "long", "news", "art"};
        double age = random.nextInt(80);
        Map<String, Object> context = Map.of(
                "hour",
                (double) random.nextInt(24),
                "device",
                words[random.nextInt(5)],
                "age",
                age,
                "speed",
                random.nextDouble(9));
        List<Action> actions = new ArrayList<>();
        double[] rewards = new double[Offer.ACTIONS];
        for (int i = 0; i < rewards.length; i++) {
            Map<String, Object> features = new LinkedHashMap<>();
            for (int j = 0; j < 10; j++) {
                features.put("f" + j, j % 4 == 3 ? words[random.nextInt(5)] : (Object) random.nextDouble(9));
            }
            actions.add(new Action("a" + i, features));
            rewards[i] = Math.sin(age / 10 + (Double) features.get("f0")) + i / 10.0 + random.nextGaussian() / 4;
        }
        return new Offer(context, actions, rewards);
    }

    /** Ten rows by chance, of which the one with the largest value is wanted. */
    private static Offers largest(List<String[]> rows, int[] columns, int value, double most) {
        return random -> {
            List<Action> actions = new ArrayList<>();
            double[] rewards = new double[Offer.ACTIONS];
            for (int i = 0; i < rewards.length; i++) {
                String[] row = rows.get(random.nextInt(rows.size()));
                Map<String, Object> features = new LinkedHashMap<>();
                for (int column : columns) {
                    features.put("c" + column, Double.parseDouble(row[column]));
                }
                actions.add(new Action("a" + i, features));
                rewards[i] = Double.parseDouble(row[value]) / most;
            }
            return new Offer(Map.of(), actions, rewards);
        };
    }

    /** Ten films that a person has rated, of which the one rated best is wanted. */
    private static Offers films(Path folder) throws IOException {
        Map<String, String[]> people = byId(folder.resolve("u.user"));
        Map<String, String[]> films = byId(folder.resolve("u.item"));
        Map<String, List<String[]>> ratings = new TreeMap<>();
        for (String line : lines(folder.resolve("u.data"))) {
            String[] rating = line.split("\t");
            ratings.computeIfAbsent(rating[0], person -> new ArrayList<>()).add(rating);
        }
        List<String> ids = List.copyOf(ratings.keySet());
        return random -> {
            String person = ids.get(random.nextInt(ids.size()));
            List<String[]> rated = ratings.get(person);
            Set<Integer> offered = new LinkedHashSet<>();
            while (offered.size() < Offer.ACTIONS) {
                offered.add(random.nextInt(rated.size()));
            }
            List<Action> actions = new ArrayList<>();
            double[] rewards = new double[Offer.ACTIONS];
            for (int place : offered) {
                String[] rating = rated.get(place);
                rewards[actions.size()] = (Double.parseDouble(rating[2]) - 1) / 4;
                actions.add(new Action("film" + rating[1], features(films.get(rating[1]))));
            }
            String[] who = people.get(person);
            return new Offer(Map.of("age", Double.parseDouble(who[1]), "sex", who[2], "job", who[3]), actions, rewards);
        };
    }

    /** Genres, and the year where it is known. */
    private static Map<String, Object> features(String[] film) {
        Map<String, Object> features = new LinkedHashMap<>();
        for (int genre = 5; genre < film.length; genre++) {
            if (film[genre].equals("1")) {
                features.put("g" + genre, 1.0);
            }
        }
        if (film[2].length() >= 4) {
            features.put("year", Double.parseDouble(film[2].substring(film[2].length() - 4)));
        }
        return features;
    }

    private static Map<String, String[]> byId(Path file) throws IOException {
        Map<String, String[]> byId = new HashMap<>();
        for (String line : lines(file)) {
            String[] cells = line.split("\\|");
            byId.put(cells[0], cells);
        }
        return byId;
    }

    /** Rows of so many cells that begin with a number: neither headers nor comments. */
    private static List<String[]> rows(Path file, int cells) throws IOException {
        return lines(file).stream()
                .filter(line -> !line.isEmpty() && "-0123456789".indexOf(line.charAt(0)) >= 0)
                .map(line -> line.split(","))
                .filter(row -> row.length == cells)
                .toList();
    }

    private static List<String> lines(Path file) throws IOException {
        Charset charset = StandardCharsets.ISO_8859_1;
        if (!file.toString().endsWith(".gz")) {
            return Files.readAllLines(file, charset);
        }
        try (var reader =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), charset))) {
            return reader.lines().toList();
        }
    }
}
