package io.leeway.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.leeway.report.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovieLensFilesTest {

    @TempDir
    private Path folder;

    private HttpServer server;
    private byte[] archive;

    @BeforeEach
    void serve() throws IOException {
        archive = zip("ml-100k/u.data", "ml-100k/u.item", "ml-100k/u.user", "ml-100k/README", "../../escaped");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ml-100k.zip", exchange -> {
            exchange.sendResponseHeaders(200, archive.length);
            exchange.getResponseBody().write(archive);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void fetchesChecksAndUnpacksOnlyWhatIsNeeded() throws Exception {
        new MovieLensFiles(address("/ml-100k.zip"), md5(archive)).fetch(folder, bytes -> Progress.silent());
        assertThat(names()).containsExactly("README", "u.data", "u.item", "u.user");
        assertThat(MovieLensFiles.present(folder)).isTrue();
    }

    @Test
    void otherChecksumLeavesNothingBehind() throws IOException {
        MovieLensFiles files = new MovieLensFiles(address("/ml-100k.zip"), "0".repeat(32));
        assertThatThrownBy(() -> files.fetch(folder, bytes -> Progress.silent()))
                .isInstanceOf(MissingDataException.class)
                .hasMessageContaining("md5");
        assertThat(names()).isEmpty();
    }

    @Test
    void withoutNetworkItSaysWhichFilesGoWhere() throws IOException {
        server.stop(0);
        MovieLensFiles files = new MovieLensFiles(address("/ml-100k.zip"), md5(archive));
        assertThatThrownBy(() -> files.fetch(folder, bytes -> Progress.silent()))
                .isInstanceOf(MissingDataException.class)
                .hasMessageContaining("ml-100k/u.data")
                .hasMessageContaining("ml-100k/u.item")
                .hasMessageContaining("ml-100k/u.user")
                .hasMessageContaining(folder.toString());
        assertThat(names()).isEmpty();
    }

    @Test
    void answerThatIsNoFileIsAFailure() {
        MovieLensFiles files = new MovieLensFiles(address("/moved"), md5(archive));
        assertThatThrownBy(() -> files.fetch(folder, bytes -> Progress.silent()))
                .hasMessageContaining("status=404");
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
