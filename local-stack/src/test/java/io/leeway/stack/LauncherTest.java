package io.leeway.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code leeway} in a project of its own, with a Maven and JDKs that only note how they are called. */
class LauncherTest {
    private static final String FAKE_JAVA = """
            #!/bin/sh
            echo "java in $(dirname "$(dirname "$0")")"
            for word; do echo "<$word>"; done
            [ "$word" != fail ] || exit 7
            """;
    private static final String FAKE_MAVEN = """
            #!/bin/sh
            echo "$@" >>"%1$s/mvn-calls"
            echo "[INFO] Building Leeway cli 1 [2/3]"
            if [ -e "%1$s/broken" ]; then echo "[ERROR] no symbol: reward"; exit 1; fi
            mkdir -p "%1$s/cli/target/lib"
            touch "%1$s/cli/target/leeway-cli.jar"
            for service in prediction-service feedback-logger training-service drift-monitor; do
              mkdir -p "%1$s/$service/target/quarkus-app"
              touch "%1$s/$service/target/quarkus-app/quarkus-run.jar"
            done
            """;

    @TempDir
    Path temporary;

    private Path root;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void makeProject() throws IOException {
        root = Files.createDirectories(temporary.resolve("a project")).toRealPath();
        Files.copy(Path.of("..", "leeway"), root.resolve("leeway"));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        source("contracts");
        Path tools = Files.createDirectories(temporary.resolve("tools"));
        program(tools.resolve("mvn"), FAKE_MAVEN.formatted(root));
        environment.put("PATH", tools + ":/usr/bin:/bin");
        environment.put("HOME", temporary.toString());
        environment.put("JAVA_HOME", jdk("newest", "99.0.1").toString());
    }

    @Test
    void buildsWhatIsMissingOnceAndWhatIsStaleAgain() throws Exception {
        assertThat(run("status").error())
                .contains("leeway: building with JDK 99")
                .contains("leeway:   2/3 Leeway cli");
        assertThat(run("status").error()).isEmpty();
        assertThat(mavenCalls()).hasSize(1);
        assertThat(mavenCalls().get(0)).contains("-DskipTests package").contains("-pl cli,prediction-service,");

        Files.setLastModifiedTime(source("core"), FileTime.from(Instant.now().plusSeconds(5)));
        run("up");
        assertThat(mavenCalls()).hasSize(2);

        Files.setLastModifiedTime(source("core"), FileTime.from(Instant.now().minusSeconds(60)));
        Files.delete(root.resolve("drift-monitor/target/quarkus-app/quarkus-run.jar"));
        run("up");
        assertThat(mavenCalls()).hasSize(3);
        assertThat(root.resolve(".leeway/build.lock")).doesNotExist();
    }

    @Test
    void leavesTheFilesOfARunningStackAlone() throws Exception {
        run("status");
        Files.setLastModifiedTime(source("core"), FileTime.from(Instant.now().plusSeconds(5)));
        new StackState(ProcessIdentity.current(), Instant.now(), "kafka", "jdbc", List.of())
                .write(root.resolve(".leeway/stack.json"));

        Outcome outcome = run("demo", "drift");

        assertThat(outcome.error()).contains("sources are newer than what is built");
        assertThat(outcome.status()).isZero();
        assertThat(mavenCalls()).hasSize(1);
    }

    @Test
    void showsWhyABuildFailedAndTriesAgainNextTime() throws Exception {
        Files.createFile(root.resolve("broken"));
        Outcome broken = run("up");
        assertThat(broken.status()).isEqualTo(1);
        assertThat(broken.error()).contains("[ERROR] no symbol: reward").contains(".leeway/logs/build.log");
        assertThat(broken.output()).isEmpty();

        Files.delete(root.resolve("broken"));
        assertThat(run("up").status()).isZero();
    }

    @Test
    void passesWordsAndExitStatusThrough() throws Exception {
        Outcome outcome = run("inspect", "two words", "it's", "fail");

        assertThat(outcome.status()).isEqualTo(7);
        assertThat(outcome.output())
                .contains("<-Dleeway.root=" + root + ">")
                .contains("<io.leeway.cli.Leeway>\n<inspect>\n<two words>\n<it's>\n<fail>");
    }

    @Test
    void takesTheNewestJdk() throws Exception {
        Path sdkman = jdk(".sdkman/candidates/java/100", "100");
        assertThat(run("status").output()).startsWith("java in " + sdkman);

        environment.put("LEEWAY_JAVA_HOME", jdk("chosen", "17.0.2").toString());
        assertThat(run("status").output()).startsWith("java in " + temporary.resolve("chosen"));
    }

    @Test
    void saysWhatIsNotThere() throws Exception {
        environment.put("LEEWAY_JAVA_HOME", jdk("old", "1.8.0_402").toString());
        assertThat(run("status"))
                .isEqualTo(new Outcome(
                        1, "", "leeway: must be >= 17: JDK version=8 (" + temporary.resolve("old") + ")\n"));

        environment.put("LEEWAY_JAVA_HOME", temporary.resolve("none").toString());
        assertThat(run("status").error()).startsWith("leeway: must be a JDK: LEEWAY_JAVA_HOME=");

        environment.remove("LEEWAY_JAVA_HOME");
        environment.put("PATH", onlyTheToolsOfAShell().toString());
        assertThat(run("status").error()).startsWith("leeway: must be on the PATH to build Leeway: mvn");
    }

    @Test
    void worksThroughASymbolicLinkFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), root.resolve("leeway"));
        assertThat(run(link, "status").output()).contains("<-Dleeway.root=" + root + ">");
    }

    private Path source(String module) throws IOException {
        Path file = root.resolve(module).resolve("src/main/java/A.java");
        Files.createDirectories(file.getParent());
        return Files.exists(file) ? file : Files.createFile(file);
    }

    private Path jdk(String folder, String version) throws IOException {
        Path home = temporary.resolve(folder);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        program(home.resolve("bin/java"), FAKE_JAVA);
        program(home.resolve("bin/javac"), FAKE_JAVA);
        return home;
    }

    private Path onlyTheToolsOfAShell() throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("shell"));
        for (String tool : List.of("sh", "sed", "find", "head", "mkdir", "rm", "cat", "dirname", "readlink", "sleep")) {
            Path real = Files.exists(Path.of("/bin", tool)) ? Path.of("/bin", tool) : Path.of("/usr/bin", tool);
            program(folder.resolve(tool), "#!/bin/sh\nexec " + real + " \"$@\"\n");
        }
        return folder;
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> mavenCalls() throws IOException {
        return Files.readAllLines(root.resolve("mvn-calls"));
    }

    private Outcome run(String... words) throws Exception {
        return run(root.resolve("leeway"), words);
    }

    private Outcome run(Path script, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/sh", script.toString()));
        command.addAll(List.of(words));
        Path output = temporary.resolve("output");
        Path error = temporary.resolve("error");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(temporary.toFile())
                .redirectOutput(output.toFile())
                .redirectError(error.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Outcome(
                process.exitValue(),
                Files.readString(output, StandardCharsets.UTF_8),
                Files.readString(error, StandardCharsets.UTF_8));
    }

    private record Outcome(int status, String output, String error) {}
}
