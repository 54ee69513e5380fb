package io.leeway.simulator.world;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * MovieLens 100K as its files hold it: who rated, which films, and what they gave.
 *
 * @see "Harper, Konstan, The MovieLens Datasets: History and Context, ACM TiiS 5(4), 2015"
 */
public record MovieLens(List<User> users, List<Film> films, Ratings ratings) {

    public MovieLens {
        users = List.copyOf(users);
        films = List.copyOf(films);
        if (users.size() != ratings.users() || films.size() != ratings.films()) {
            throw new IllegalArgumentException("must be as many as were rated: users=" + users.size() + ", films="
                    + films.size() + ", ratings.users=" + ratings.users() + ", ratings.films=" + ratings.films());
        }
    }

    /** Someone who rates films. */
    public record User(int id, int age, String gender, String occupation) {}

    /** A film, by the number that the files give it. */
    public record Film(int id, String title) {}

    /**
     * Reads u.user, u.item and u.data.
     *
     * @throws MissingDataException when one of them is not there
     */
    public static MovieLens read(Path folder) throws IOException {
        MovieLensFiles.check(folder);
        List<User> users = new ArrayList<>();
        Map<Integer, Integer> userIndex = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("u.user"), StandardCharsets.ISO_8859_1)) {
            String[] fields = line.split("\\|", -1);
            User user = new User(Integer.parseInt(fields[0]), Integer.parseInt(fields[1]), fields[2], fields[3]);
            userIndex.put(user.id(), users.size());
            users.add(user);
        }
        List<Film> films = new ArrayList<>();
        Map<Integer, Integer> filmIndex = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("u.item"), StandardCharsets.ISO_8859_1)) {
            String[] fields = line.split("\\|", 3);
            Film film = new Film(Integer.parseInt(fields[0]), fields[1]);
            filmIndex.put(film.id(), films.size());
            films.add(film);
        }
        List<String> lines = Files.readAllLines(folder.resolve("u.data"), StandardCharsets.ISO_8859_1);
        int[] user = new int[lines.size()];
        int[] film = new int[lines.size()];
        double[] value = new double[lines.size()];
        for (int i = 0; i < lines.size(); i++) {
            String[] fields = lines.get(i).split("\t", -1);
            if (fields.length != 4) {
                throw new IOException("u.data must hold 4 columns: line=" + (i + 1) + ", columns=" + fields.length);
            }
            user[i] = known(userIndex, fields[0], "u.user", i);
            film[i] = known(filmIndex, fields[1], "u.item", i);
            value[i] = Double.parseDouble(fields[2]);
        }
        return new MovieLens(users, films, new Ratings(users.size(), films.size(), user, film, value));
    }

    private static int known(Map<Integer, Integer> index, String id, String file, int line) throws IOException {
        Integer found = index.get(Integer.valueOf(id));
        if (found == null) {
            throw new IOException("u.data must name ids of " + file + ": line=" + (line + 1) + ", id=" + id);
        }
        return found;
    }
}
