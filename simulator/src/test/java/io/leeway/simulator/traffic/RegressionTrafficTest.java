package io.leeway.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegressionTrafficTest {

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
    void streamsExamplesInOrderAndMeasuresTheErrors() throws InterruptedException {
        // The service predicts x; the truth is 3 above it for even x and 1 below for odd ones.
        List<RegressionTraffic.Example> examples = IntStream.range(0, 100)
                .mapToObj(x -> new RegressionTraffic.Example(Map.of("x", x), x % 2 == 0 ? x + 3 : x - 1))
                .toList();
        try (RegressionTraffic traffic = new RegressionTraffic(
                new LoopClient(service.address(), "test", Duration.ofSeconds(30)),
                examples,
                TrafficOptions.defaults().withWorkers(3).withRun("ride"))) {
            List<PredictionAccount> cold = traffic.run("cold", 10);
            service.modelVersion(1);
            List<PredictionAccount> served = traffic.run("served", 1000);
            assertThat(RegressionPhase.of("cold", cold).withoutModel()).isEqualTo(10);
            assertThat(RegressionPhase.of("cold", cold).rmse()).isNaN();
            RegressionPhase phase = RegressionPhase.of("served", served);
            assertThat(phase.predictions()).isEqualTo(90);
            assertThat(phase.rmse()).isCloseTo(Math.sqrt(5), within(1e-9));
            assertThat(phase.mae()).isCloseTo(2, within(1e-9));
            assertThat(phase.bias()).isCloseTo(-1, within(1e-9));
            assertThat(phase.modelVersions()).isEqualTo(Map.of(1L, 90L));
            assertThat(traffic.left()).isZero();
            assertThat(service.rewards().get("ride-42").get("value").asDouble()).isEqualTo(45);
        }
    }

    @Test
    void failuresAreCounted() throws InterruptedException {
        service.modelVersion(1);
        service.failNext(2);
        List<RegressionTraffic.Example> examples = List.of(
                new RegressionTraffic.Example(Map.of("x", 1), 1),
                new RegressionTraffic.Example(Map.of("x", 2), 2),
                new RegressionTraffic.Example(Map.of("x", 3), 3));
        try (RegressionTraffic traffic = new RegressionTraffic(
                new LoopClient(service.address(), "test", Duration.ofSeconds(30)),
                examples,
                TrafficOptions.defaults().withWorkers(1).withRun("ride"))) {
            RegressionPhase phase = RegressionPhase.of("x", traffic.run("x", 3));
            assertThat(phase.failed()).isEqualTo(2);
            assertThat(phase.rmse()).isZero();
        }
    }
}
