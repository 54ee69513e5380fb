package io.leeway.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leeway.stack.PartState.Condition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path home;

    private final List<PartState> seen = new CopyOnWriteArrayList<>();

    @Test
    void startsWatchesAndStopsAStack() throws Exception {
        StackPlan plan = FakeStack.plan(home, "one", "two");
        List<PartState> parts;
        try (Supervisor supervisor = Supervisor.start(plan, seen::add)) {
            parts = supervisor.parts();
            assertThat(parts).extracting(PartState::name).containsExactly("kafka", "postgresql", "one", "two");
            assertThat(parts).allMatch(part -> part.condition() == Condition.UP && part.startSeconds() > 0);
            assertThat(parts).allMatch(part -> part.residentBytes() > 1 << 20);
            tellsEachServiceWhereThingsAre(supervisor);
            isFoundByOthers(supervisor);
            startsAgainWhatCrashes(supervisor);
            leavesDownWhatWasStopped(supervisor);
        }
        assertThat(parts).noneMatch(part -> part.process().alive());
        assertThat(home.resolve("stack.json")).doesNotExist();
        assertThat(home.resolve("state/two/end")).hasContent("broker up");
        assertThat(RunningStack.find(home)).isEmpty();
    }

    private void tellsEachServiceWhereThingsAre(Supervisor supervisor) throws Exception {
        URI two = supervisor.url("two");
        assertThat(get(two, "/environment?KAFKA_BOOTSTRAP_SERVERS")).isEqualTo(supervisor.bootstrapServers());
        assertThat(get(two, "/environment?QUARKUS_DATASOURCE_JDBC_URL")).isEqualTo(supervisor.jdbcUrl());
        assertThat(get(two, "/environment?QUARKUS_DATASOURCE_PASSWORD")).isEqualTo("leeway");
        assertThat(get(two, "/environment?LEEWAY_STATE_DIR"))
                .isEqualTo(home.resolve("state/two").toString());
        assertThat(get(two, "/environment?SAID_TO")).isEqualTo("two");
    }

    private void isFoundByOthers(Supervisor supervisor) {
        RunningStack found = RunningStack.find(home).orElseThrow();
        assertThat(found.parts()).isEqualTo(supervisor.parts());
        assertThat(found.state().bootstrapServers()).isEqualTo(supervisor.bootstrapServers());
        assertThat(found.logFile("one")).contains(home.resolve("logs/one.log"));
        assertThat(found.logFile("none")).isEmpty();
        assertThatThrownBy(() -> Supervisor.start(FakeStack.plan(home), seen::add))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("must not be running already")
                .hasMessageContaining("pid=" + ProcessHandle.current().pid());
    }

    private void startsAgainWhatCrashes(Supervisor supervisor) {
        ProcessIdentity before = state(supervisor, "one").process();
        assertThatThrownBy(() -> get(supervisor.url("one"), "/crash")).isInstanceOf(IOException.class);
        awaitRestart(supervisor, "one", before);
        assertThat(state(supervisor, "one").restarts()).isEqualTo(1);
        assertThat(seen).anyMatch(part -> part.name().equals("one") && part.condition() == Condition.CRASHED);

        ProcessIdentity database = state(supervisor, "postgresql").process();
        supervisor.kill("postgresql");
        awaitRestart(supervisor, "postgresql", database);
    }

    private void leavesDownWhatWasStopped(Supervisor supervisor) {
        supervisor.stop("one");
        assertThat(state(supervisor, "one").condition()).isEqualTo(Condition.DOWN);
        assertThat(Readiness.of(supervisor.url("one").getPort())).isFalse();
        supervisor.start("one");
        assertThat(Readiness.of(supervisor.url("one").getPort())).isTrue();
        assertThat(state(supervisor, "one").restarts()).isEqualTo(1);
    }

    @Test
    void namesAllTakenPortsBeforeItStartsAnything() {
        StackPlan plan = FakeStack.plan(home, "prediction-service", "drift-monitor");
        int first = plan.services().get(0).port();
        int second = plan.services().get(1).port();
        try (var one = TakenPort.hold(first);
                var two = TakenPort.hold(second)) {
            assertThatThrownBy(() -> Supervisor.start(plan, seen::add))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContaining("must be free: port=" + Math.min(one.port(), two.port()))
                    .hasMessageContaining("port=" + first + " (prediction-service)")
                    .hasMessageContaining("port=" + second + " (drift-monitor)");
        }
        assertThat(seen).noneMatch(part -> part.condition() == Condition.STARTING);
        assertThat(home.resolve("kafka")).doesNotExist();
    }

    @Test
    void stopsEverythingAgainWhenOnePartFails() throws IOException {
        Path kept = Files.createFile(home.resolve("of an earlier run"));
        StackPlan plan = FakeStack.plan(home, "good", "bad")
                .withServices(service -> service.name().equals("good")
                        ? service
                        : new ServicePlan(
                                "bad", Ports.free(), 32, List.of("-cp", ".", "NoSuchMain"), service.environment()));

        assertThatThrownBy(() -> Supervisor.start(plan, seen::add))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("must stay up: bad, exitStatus=1")
                .hasMessageContaining("NoSuchMain");

        assertThat(kept).exists();
        assertThat(seen).extracting(PartState::name).contains("kafka", "postgresql");
        assertThat(seen).filteredOn(part -> part.process() != null).noneMatch(part -> part.process()
                .alive());
        assertThat(home.resolve("stack.json")).doesNotExist();
    }

    @Test
    void beginsEmptyWhereThePlanSaysSo() throws IOException {
        Path old = Files.createDirectories(home.resolve("kafka/log")).resolve("old");
        Files.createFile(old);
        StackPlan plan = FakeStack.plan(home);
        StackPlan fresh = new StackPlan(
                home, plan.cacheDir(), plan.brokerPort(), plan.databasePort(), 1, true, plan.jvmOptions(), List.of());
        try (Supervisor supervisor = Supervisor.start(fresh, seen::add)) {
            assertThat(supervisor.parts()).hasSize(2);
            assertThat(old).doesNotExist();
        }
    }

    @Test
    void isStoppedFromAnotherTerminal() throws Exception {
        Process terminal = startInAnotherProcess();
        RunningStack found = awaitFound("fake");
        List<PartState> parts = found.parts();
        assertThat(parts).allMatch(part -> part.process().alive());

        found.stop();

        assertThat(terminal.toHandle().isAlive()).isFalse();
        assertThat(parts).noneMatch(part -> part.process().alive());
        assertThat(home.resolve("state/fake/end")).hasContent("broker up");
        assertThat(RunningStack.find(home)).isEmpty();
    }

    @Test
    void leavesNothingBehindWhenTheSupervisorIsKilled() throws Exception {
        Process terminal = startInAnotherProcess();
        List<PartState> parts = awaitFound("fake").parts();

        terminal.destroyForcibly().waitFor();

        await().atMost(Duration.ofSeconds(90))
                .until(() -> parts.stream().noneMatch(part -> part.process().alive()));
        assertThat(home.resolve("stack.json")).exists();
        assertThat(RunningStack.find(home)).isEmpty();
        assertThat(home.resolve("stack.json")).doesNotExist();
    }

    @Test
    void endsWhatADeadSupervisorLeft() throws Exception {
        Process leftover = new ProcessBuilder("sleep", "60").start();
        ProcessIdentity identity = ProcessIdentity.of(leftover.toHandle());
        PartState part = new PartState("left", Condition.UP, identity, Signal.TERM, 1, Instant.now(), 1.5, 0, "log");
        ProcessIdentity own = ProcessIdentity.current();
        ProcessIdentity dead = new ProcessIdentity(own.pid(), own.started() + 1);
        new StackState(dead, Instant.now(), "kafka", "jdbc", List.of(part)).write(home.resolve("stack.json"));

        assertThat(RunningStack.find(home)).isEmpty();

        assertThat(leftover.toHandle().isAlive()).isFalse();
        assertThat(home.resolve("stack.json")).doesNotExist();
    }

    private Process startInAnotherProcess() throws IOException {
        return new ProcessBuilder(
                        JavaCommand.executable(),
                        "-cp",
                        JavaCommand.classPath(),
                        "-Dslf4j.provider=" + PlainLogging.class.getName(),
                        FakeStack.class.getName(),
                        home.toString())
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile(home, "terminal", ".log").toFile())
                .start();
    }

    private RunningStack awaitFound(String lastPart) {
        await().atMost(Duration.ofSeconds(180))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> RunningStack.find(home).stream()
                        .flatMap(stack -> stack.parts().stream())
                        .anyMatch(part -> part.name().equals(lastPart) && part.condition() == Condition.UP));
        return RunningStack.find(home).orElseThrow();
    }

    private static void awaitRestart(Supervisor supervisor, String name, ProcessIdentity before) {
        await().atMost(Duration.ofSeconds(90))
                .until(() -> state(supervisor, name).condition() == Condition.UP
                        && !before.equals(state(supervisor, name).process()));
    }

    private static PartState state(Supervisor supervisor, String name) {
        return supervisor.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String get(URI service, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve(path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
