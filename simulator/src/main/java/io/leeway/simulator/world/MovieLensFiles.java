package io.leeway.simulator.world;

import io.leeway.report.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Where the files of MovieLens 100K come from. Their licence forbids passing them on, so everyone fetches their own copy
 * from GroupLens.
 */
public final class MovieLensFiles {

    public static final URI ADDRESS = URI.create("https://files.grouplens.org/datasets/movielens/ml-100k.zip");
    public static final List<String> NEEDED = List.of("u.data", "u.item", "u.user");

    private static final String MD5 = "0e33842e24a9c977be4e0107933c0723";
    private static final Set<String> KEPT = Set.of("u.data", "u.item", "u.user", "README");

    private final URI address;
    private final String md5;

    public MovieLensFiles() {
        this(ADDRESS, MD5);
    }

    MovieLensFiles(URI address, String md5) {
        this.address = address;
        this.md5 = md5;
    }

    /** Whether every file that is needed is there. */
    public static boolean present(Path folder) {
        return NEEDED.stream().allMatch(name -> Files.isRegularFile(folder.resolve(name)));
    }

    /**
     * Checks that every file that is needed is there.
     *
     * @throws MissingDataException naming the absent ones
     */
    public static void check(Path folder) {
        List<String> absent = NEEDED.stream()
                .filter(name -> !Files.isRegularFile(folder.resolve(name)))
                .toList();
        if (!absent.isEmpty()) {
            throw new MissingDataException(
                    folder, "MovieLens 100K is not in " + where(folder) + ": no " + String.join(", ", absent));
        }
    }

    /**
     * Downloads the archive, checks it, and puts its files into the folder. Nothing is left behind when that fails.
     *
     * @param progress makes the bar, given the number of bytes to come (0 when the server does not say)
     * @throws MissingDataException when it cannot be had, saying which files to put where
     */
    public void fetch(Path folder, LongFunction<Progress> progress) throws InterruptedException {
        Path archive = null;
        try {
            Files.createDirectories(folder);
            archive = Files.createTempFile(folder, ".ml-100k-", ".zip");
            String found = download(archive, progress);
            if (!found.equals(md5)) {
                throw new IOException("the archive must have the md5 " + md5 + ": md5=" + found);
            }
            unpack(archive, folder);
            check(folder);
        } catch (IOException failure) {
            throw new MissingDataException(folder, instructions(folder, failure), failure);
        } finally {
            delete(archive);
        }
    }

    private String download(Path archive, LongFunction<Progress> progress) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = response.body();
                Progress bar = progress.apply(
                        response.headers().firstValueAsLong("Content-Length").orElse(0))) {
            if (response.statusCode() != 200) {
                throw new IOException("must answer 200: status=" + response.statusCode());
            }
            MessageDigest digest = MessageDigest.getInstance("MD5");
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(archive), digest)) {
                byte[] buffer = new byte[64 * 1024];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    out.write(buffer, 0, read);
                    bar.advance(read);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has MD5", impossible);
        }
    }

    private static void unpack(Path archive, Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                // Only names from our own list become paths, so no entry can escape the folder.
                if (KEPT.contains(name)) {
                    Path part = folder.resolve("." + name + ".part");
                    Files.copy(zip, part, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private String instructions(Path folder, IOException failure) {
        String reason = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return "MovieLens 100K could not be fetched from " + address + " (" + reason + ").\n"
                + "Get ml-100k.zip from there on a machine with network, and put these files of it:\n  "
                + String.join(
                        "\n  ", NEEDED.stream().map(name -> "ml-100k/" + name).toList())
                + "\ninto the folder\n  " + where(folder);
    }

    private static Path where(Path folder) {
        return folder.toAbsolutePath().normalize();
    }

    private static void delete(Path archive) {
        try {
            if (archive != null) {
                Files.deleteIfExists(archive);
            }
        } catch (IOException failure) {
            archive.toFile().deleteOnExit();
        }
    }
}
