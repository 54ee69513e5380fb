package io.leeway.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.simulator.traffic.FakeService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatorTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private FakeService service;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void makesItsLoopAndDrivesTrafficThroughChangesOfTheWorld() throws InterruptedException {
        assertThat(simulator("--rate", "1000", "--decisions", "200", "--shift-every", "80")
                        .run())
                .isTrue();
        assertThat(service.loops()).containsOnlyKeys("simulated");
        assertThat(service.loops().get("simulated").get("kind").asText()).isEqualTo("bandit");
        assertThat(service.loops().get("simulated").get("actions")).hasSize(8);
        assertThat(service.loops()
                        .get("simulated")
                        .at("/training/everyFeedback")
                        .asInt())
                .isEqualTo(3000);
        assertThat(service.decisions()).hasSize(200);
        assertThat(service.rewards()).hasSize(200);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("made the loop simulated")
                .contains("200 decisions, 0 failed")
                .contains("the world changes\n")
                .contains("the world changes over 20 decisions");
    }

    @Test
    void leavesALoopThatIsThereAsItIs() throws InterruptedException {
        simulator("--rate", "1000", "--decisions", "5").run();
        Object made = service.loops().get("simulated");
        simulator("--rate", "1000", "--decisions", "5").run();
        assertThat(service.loops().get("simulated")).isSameAs(made);
    }

    @Test
    void givesUpOnServicesThatDoNotComeUp() throws InterruptedException {
        service.close();
        assertThat(simulator("--patience", "0").run()).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("gave up").contains("was not answered");
    }

    @Test
    void endsSoonAfterBeingStopped() throws Exception {
        Simulator simulator = simulator("--rate", "0.5");
        CompletableFuture<Boolean> running = CompletableFuture.supplyAsync(() -> {
            try {
                return simulator.run();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        simulator.stop();
        assertThat(running.get(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void argumentsWinOverTheEnvironmentAndTheEnvironmentOverDefaults() {
        Map<String, String> environment = Map.of("LEEWAY_SIMULATOR_RATE", "3", "LEEWAY_SIMULATOR_SHIFT_EVERY", "500");
        SimulatorConfig config = SimulatorConfig.of(List.of("--rate", "7"), environment);
        assertThat(config.perSecond()).isEqualTo(7);
        assertThat(config.shiftEvery()).isEqualTo(500);
        assertThat(config.prediction()).hasToString("http://127.0.0.1:8081");
        assertThat(config.training()).hasToString("http://127.0.0.1:8083");
        assertThat(config.loop()).isEqualTo("simulated");
    }

    @Test
    void wrongWordsAreNamed() {
        assertThatThrownBy(() -> SimulatorConfig.of(List.of("--rat", "7"), Map.of()))
                .hasMessageContaining("--rat");
        assertThatThrownBy(() -> SimulatorConfig.of(List.of("--rate"), Map.of()))
                .hasMessageContaining("--rate");
        assertThatThrownBy(() -> SimulatorConfig.of(List.of("--rate", "fast"), Map.of()))
                .hasMessageContaining("rate=fast");
        assertThatThrownBy(() -> SimulatorConfig.of(List.of("--rate", "-1"), Map.of()))
                .hasMessageContaining("rate=-1");
        assertThatThrownBy(() -> SimulatorConfig.of(List.of("--prediction", "localhost"), Map.of()))
                .hasMessageContaining("prediction=localhost");
    }

    private Simulator simulator(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--prediction",
                service.address().toString(),
                "--training",
                service.address().toString()));
        arguments.addAll(List.of(more));
        return new Simulator(
                SimulatorConfig.of(arguments, Map.of()), new PrintStream(printed, true, StandardCharsets.UTF_8));
    }
}
