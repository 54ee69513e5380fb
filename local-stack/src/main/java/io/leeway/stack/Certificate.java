package io.leeway.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A certificate for TLS on this machine, signed by nobody else, made with the JDK's keytool. In production a user's own takes its
 * place by the same variables.
 *
 * @param keyStore PKCS12 with key and certificate
 * @param pem the certificate alone, for clients to trust
 */
public record Certificate(Path keyStore, Path pem) {
    /** Protects nothing: who can read the file has the key. The folder is closed to others instead. */
    static final String PASSWORD = "leeway-local";

    private static final Duration VALID = Duration.ofDays(365);
    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);
    private static final long PATIENCE_SECONDS = 60;

    /** The folder's certificate, made anew where there is none or it is soon over. */
    public static Certificate in(Path folder) {
        Certificate certificate = new Certificate(folder.resolve("leeway.p12"), folder.resolve("leeway.pem"));
        try {
            if (!certificate.isFresh()) {
                Files.createDirectories(folder);
                if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
                }
                Files.deleteIfExists(certificate.keyStore);
                certificate.make();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a certificate in " + folder, e);
        }
        return certificate;
    }

    /** What a service needs in its environment to serve TLS with it, beside plain HTTP. */
    public Map<String, String> environment(int port) {
        return Map.of(
                "QUARKUS_TLS_KEY_STORE_P12_PATH",
                keyStore.toString(),
                "QUARKUS_TLS_KEY_STORE_P12_PASSWORD",
                PASSWORD,
                "QUARKUS_HTTP_SSL_PORT",
                Integer.toString(port),
                "QUARKUS_HTTP_INSECURE_REQUESTS",
                "enabled");
    }

    private boolean isFresh() throws IOException {
        if (!Files.exists(keyStore) || !Files.exists(pem)) {
            return false;
        }
        FileTime made = Files.getLastModifiedTime(pem);
        return made.toInstant().isAfter(Instant.now().minus(VALID).plus(RENEWED_BEFORE));
    }

    private void make() throws IOException {
        keytool(
                "-genkeypair",
                "-alias",
                "leeway",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost, O=Leeway on this machine",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-validity",
                Long.toString(VALID.toDays()),
                "-storetype",
                "PKCS12");
        keytool("-exportcert", "-alias", "leeway", "-rfc", "-file", pem.toString());
    }

    private void keytool(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", keyStore.toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new StackException("keytool could not make a certificate: " + output.strip());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while making a certificate");
        }
    }
}
