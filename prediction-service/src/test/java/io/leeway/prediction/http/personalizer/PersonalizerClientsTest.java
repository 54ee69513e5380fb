package io.leeway.prediction.http.personalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Json;
import io.leeway.contracts.Topics;
import io.leeway.prediction.TestLoops;
import io.leeway.prediction.World;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The real npm clients of Azure Personalizer, over TLS: {@code src/test/personalizer-clients}. */
@QuarkusTest
@WithTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
@WithTestResource(PersonalizerWorld.class)
class PersonalizerClientsTest {
    private static final Path SOURCE = Path.of("src", "test", "personalizer-clients");
    private static final Path FOLDER = Path.of("target", "personalizer-clients");
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "clients.js");
    /** What npm says when the registry cannot be reached. */
    private static final List<String> NO_NETWORK =
            List.of("ENOTFOUND", "ECONNREFUSED", "ECONNRESET", "ENETUNREACH", "EAI_AGAIN", "TIMEDOUT", "_TIMEOUT");

    private record Output(int status, String text) {}

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static Output run(String... command) throws IOException, InterruptedException {
        Path said = FOLDER.resolve(command[0] + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment()
                .put(
                        "NODE_EXTRA_CA_CERTS",
                        PersonalizerWorld.certificate().pem().toString());
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return new Output(process.waitFor(), Files.readString(said));
    }

    /** Installs what the lock file says, unless that has been done. */
    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        Path lock = FOLDER.resolve("package-lock.json");
        Path installed = FOLDER.resolve("installed");
        byte[] wanted = Files.readAllBytes(SOURCE.resolve("package-lock.json"));
        boolean same = Files.exists(installed) && Arrays.equals(Files.readAllBytes(installed), wanted);
        for (String file : FILES) {
            Files.copy(SOURCE.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (same) {
            return;
        }
        Output npm = run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        assumeThat(npm.status != 0 && NO_NETWORK.stream().anyMatch(npm.text::contains))
                .as("skipped: npm's registry cannot be reached")
                .isFalse();
        assertThat(npm.status).as(npm.text).isZero();
        Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<String, JsonNode> calls(String text) {
        Map<String, JsonNode> calls = new LinkedHashMap<>();
        text.lines().filter(line -> line.startsWith("{\"call\"")).forEach(line -> {
            JsonNode call = Json.read(line, JsonNode.class);
            calls.put(call.get("call").asText(), call);
        });
        return calls;
    }

    @Test
    void theRealClientsFindWhatTheyExpect() throws Exception {
        assumeThat(Stream.of("node", "npm").allMatch(PersonalizerClientsTest::onPath))
                .as("skipped: node and npm are not both on the PATH")
                .isTrue();
        World.loop(TestLoops.bandit(PersonalizerWorld.LOOP, TestLoops.GREEDY, "a", "b"));
        install();
        Output output = run("node", "clients.js", PersonalizerWorld.tlsAddress(), PersonalizerWorld.KEY);
        System.out.println(output.text);
        Map<String, JsonNode> calls = calls(output.text);
        if (output.status != 0) {
            fail(output.text);
        }
        assertThat(calls.keySet())
                .containsExactly(
                        "v1.rank",
                        "v1.activate",
                        "v1.reward",
                        "v1.refusal",
                        "rest.rank",
                        "rest.reward",
                        "rest.activate",
                        "rest.multislot",
                        "rest.multislotReward",
                        "rest.multislotActivate",
                        "rest.configuration",
                        "rest.configure",
                        "rest.configureBack",
                        "rest.refusal",
                        "rest.denied");
        Map<String, Integer> statuses = new LinkedHashMap<>();
        calls.forEach((name, call) -> statuses.put(name, call.get("status").asInt()));
        assertThat(statuses.values())
                .containsExactly(201, 204, 204, 400, 201, 204, 204, 201, 204, 204, 200, 200, 200, 400, 401);
        assertThat(calls.get("v1.rank").at("/body/ranking")).hasSize(3);
        assertThat(calls.get("v1.rank").at("/body/ranking/1/probability").asDouble())
                .isZero();
        assertThat(calls.get("v1.refusal").get("message").asText()).contains("excludedActions=NoArticle");
        assertThat(calls.get("v1.refusal").get("code").asText()).isEqualTo("BadRequest");
        assertThat(calls.get("rest.refusal").at("/body/error/code").asText()).isEqualTo("InvalidRankRequest");
        assertThat(calls.get("rest.multislot").at("/body/slots")).hasSize(2);
        assertThat(calls.get("rest.configure").at("/body/learningMode").asText())
                .isEqualTo("Apprentice");
        for (String good : List.of("rest.rank", "rest.multislot", "rest.configure")) {
            assertThat(calls.get(good).get("unexpected").asBoolean()).as(good).isFalse();
        }
        Decision decision = Json.read(
                World.awaitRecord(Topics.DECISIONS, r -> "sdk-1".equals(r.key()))
                        .value(),
                Decision.class);
        assertThat(decision.loop()).isEqualTo(PersonalizerWorld.LOOP);
        assertThat(decision.context()).isEqualTo(Map.of("timeOfDay", "Morning", "device", Map.of("mobile", true)));
    }
}
