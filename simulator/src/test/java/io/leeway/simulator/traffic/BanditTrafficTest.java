package io.leeway.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.simulator.world.DriftWorld;
import io.leeway.simulator.world.Visit;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BanditTrafficTest {

    private final DriftWorld world = new DriftWorld(2);
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
    void accountsForEveryDecisionExactly() throws InterruptedException {
        try (BanditTraffic traffic = traffic(4)) {
            List<DecisionAccount> accounts = traffic.run("cold", 300);
            assertThat(accounts)
                    .extracting(DecisionAccount::moment)
                    .hasSize(300)
                    .isSorted();
            for (DecisionAccount account : accounts) {
                Visit visit = world.visit(account.moment());
                int action = visit.indexOf(account.action());
                assertThat(account.fate()).isEqualTo(Account.Fate.DONE);
                assertThat(account.expected()).isEqualTo(visit.expected(action));
                assertThat(account.best()).isEqualTo(visit.bestValue());
                assertThat(account.uniform()).isEqualTo(visit.uniformValue());
                assertThat(account.regret()).isGreaterThanOrEqualTo(0);
                assertThat(account.reward()).isEqualTo(world.reward(visit, action));
                assertThat(service.rewards().get(account.eventId()).get("value").asDouble())
                        .isEqualTo(account.reward());
            }
            assertThat(service.decisions()).hasSize(300);
        }
    }

    @Test
    void sameSeedAsksTheSameThingsWithAnyNumberOfWorkers() throws InterruptedException {
        List<DecisionAccount> one;
        List<DecisionAccount> four;
        try (BanditTraffic traffic = traffic(1)) {
            one = traffic.run("a", 100);
        }
        Map<String, Object> asked = Map.copyOf(service.decisions());
        service.decisions().clear();
        try (BanditTraffic traffic = traffic(4)) {
            four = traffic.run("a", 100);
        }
        assertThat(service.decisions()).isEqualTo(asked);
        assertThat(four)
                .extracting(DecisionAccount::action)
                .isEqualTo(one.stream().map(DecisionAccount::action).toList());
        assertThat(four)
                .extracting(DecisionAccount::reward)
                .isEqualTo(one.stream().map(DecisionAccount::reward).toList());
    }

    @Test
    void phaseFiguresAreTheAveragesOfItsAccounts() throws InterruptedException {
        try (BanditTraffic traffic = traffic(2)) {
            List<DecisionAccount> accounts = new ArrayList<>(traffic.run("p", 60));
            service.modelVersion(3);
            accounts.addAll(traffic.run("p", 40));
            BanditPhase phase = BanditPhase.of("p", accounts);
            assertThat(phase.decisions()).isEqualTo(100);
            assertThat(phase.modelVersions()).isEqualTo(Map.of(0L, 60L, 3L, 40L));
            assertThat(phase.regret()).isCloseTo(phase.bestValue() - phase.averageExpected(), within(1e-12));
            double uniform = 0;
            for (int moment = 0; moment < 100; moment++) {
                uniform += world.visit(moment).uniformValue() / 100;
            }
            assertThat(phase.uniformValue()).isCloseTo(uniform, within(1e-12));
            assertThat(phase.closed()).isBetween(-1.0, 1.0);
            assertThat(phase.latency().p50())
                    .isPositive()
                    .isLessThanOrEqualTo(phase.latency().p99());
            assertThat(phase.failed() + phase.rewardsFailed()).isZero();
        }
    }

    @Test
    void shiftHoldsFromTheNextVisitOn() throws InterruptedException {
        try (BanditTraffic traffic = traffic(2)) {
            traffic.run("before", 20);
            long from = traffic.shift(0, 9);
            List<DecisionAccount> after = traffic.run("after", 50);
            assertThat(from).isEqualTo(20);
            assertThat(after).anySatisfy(account -> assertThat(account.expected())
                    .isNotEqualTo(world.visit(account.moment())
                            .expected(world.visit(account.moment()).indexOf(account.action()))));
            assertThat(after).allSatisfy(account -> assertThat(account.best())
                    .isEqualTo(world.visit(account.moment()).bestValue()));
        }
    }

    @Test
    void failuresAreCountedAndNotTriedAgain() throws InterruptedException {
        service.failNext(5);
        try (BanditTraffic traffic = traffic(1)) {
            List<DecisionAccount> accounts = traffic.run("x", 20);
            BanditPhase phase = BanditPhase.of("x", accounts);
            assertThat(phase.failed()).isEqualTo(5);
            assertThat(accounts.get(0).failure()).contains("503").contains("decisions");
            assertThat(service.decisions()).hasSize(15);
            assertThat(phase.averageReward()).isNotNaN();
        }
    }

    @Test
    void answersThatCannotBeAreNotBelieved() throws InterruptedException {
        try (BanditTraffic traffic = traffic(1)) {
            service.distort(answer -> replaced(answer, "action", "none-of-these"));
            assertThat(fates(traffic)).containsOnly(Account.Fate.INVALID);
            service.distort(answer -> replaced(answer, "probability", 0.5));
            assertThat(fates(traffic)).containsOnly(Account.Fate.INVALID);
            service.distort(answer -> replaced(answer, "ranking", List.of()));
            assertThat(fates(traffic)).containsOnly(Account.Fate.INVALID);
            service.distort(answer -> replaced(answer, "eventId", "somebody-else"));
            assertThat(fates(traffic)).containsOnly(Account.Fate.INVALID);
            assertThat(service.rewards()).isEmpty();
        }
    }

    @Test
    void endsWhenTheConditionHolds() throws InterruptedException {
        try (BanditTraffic traffic = traffic(3)) {
            List<DecisionAccount> accounts =
                    traffic.runUntil("u", 100_000, () -> service.decisions().size() >= 50);
            assertThat(accounts.size()).isBetween(50, 60);
            assertThat(traffic.moment()).isEqualTo(accounts.size());
        }
    }

    @Test
    void rateIsKept() throws InterruptedException {
        try (BanditTraffic traffic =
                new BanditTraffic(client(), world, options(4).withPerSecond(100))) {
            Instant begin = Instant.now();
            List<Instant> asked = traffic.run("slow", 51).stream()
                    .map(DecisionAccount::asked)
                    .sorted()
                    .toList();
            // Intervals of 10 ms, never faster; a millisecond for the difference of two clocks.
            for (int i = 0; i < asked.size(); i++) {
                assertThat(asked.get(i)).isAfterOrEqualTo(begin.plusMillis(10L * i - 1));
            }
        }
    }

    @Test
    void serviceThatIsNotThereIsAFailureWithItsAddress() throws InterruptedException {
        service.close();
        try (BanditTraffic traffic = traffic(1)) {
            List<DecisionAccount> accounts = traffic.run("gone", 3);
            assertThat(accounts).extracting(DecisionAccount::fate).containsOnly(Account.Fate.FAILED);
            assertThat(accounts.get(0).failure()).contains(service.address().toString());
            assertThat(BanditPhase.of("gone", accounts).averageReward()).isNaN();
        }
    }

    @Test
    void wrongOptionsAreRefusedByName() {
        assertThatThrownBy(() -> options(0)).hasMessageContaining("workers=0");
        assertThatThrownBy(() -> options(1).withPerSecond(0)).hasMessageContaining("perSecond=0");
        assertThatThrownBy(() -> options(1).withRun(" ")).hasMessageContaining("run");
    }

    private static List<Account.Fate> fates(BanditTraffic traffic) throws InterruptedException {
        return traffic.run("flaw", 3).stream().map(DecisionAccount::fate).toList();
    }

    private static Map<String, Object> replaced(Map<String, Object> answer, String key, Object value) {
        answer.put(key, value);
        return answer;
    }

    private BanditTraffic traffic(int workers) {
        return new BanditTraffic(client(), world, options(workers));
    }

    private LoopClient client() {
        URI address = service.address();
        return new LoopClient(address, "test", Duration.ofSeconds(30));
    }

    private static TrafficOptions options(int workers) {
        return TrafficOptions.defaults().withWorkers(workers).withRun("test");
    }
}
