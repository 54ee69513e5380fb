package io.leeway.endtoend.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leeway.cli.client.Addresses;
import io.leeway.cli.client.LeewayClient;
import io.leeway.contracts.Action;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.RewardAggregation;
import io.leeway.contracts.RewardSettings;
import io.leeway.contracts.Topics;
import io.leeway.contracts.rest.FeedbackSummary;
import io.leeway.endtoend.Repository;
import io.leeway.stack.PartState;
import io.leeway.stack.PartState.Condition;
import io.leeway.stack.Ports;
import io.leeway.stack.RestartPolicy;
import io.leeway.stack.Service;
import io.leeway.stack.ServicePlan;
import io.leeway.stack.StackPlan;
import io.leeway.stack.Supervisor;
import io.leeway.stack.TopicSetup;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

/**
 * Nothing lost, nothing twice: messy traffic while loggers, broker and database are killed at random moments, and again while they recover;
 * then an audit against the producer's own account. In large: {@code mvn verify -pl end-to-end -am -Dtest=KillTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dkill.seconds=1800 -Dkill.rate=300}; {@code -Dkill.seed} repeats the traffic and the order of
 * the kills, {@code -Dkill.standbys=0} leaves each logger without copies of what the other one holds.
 */
class KillTest {
    private static final String LOOP = "killed-logger";
    private static final String LOGGER = Service.FEEDBACK.moduleName();

    private final int seconds = Integer.getInteger("kill.seconds", 45);
    private final int perSecond = Integer.getInteger("kill.rate", 100);
    private final int standbys = Integer.getInteger("kill.standbys", 1);
    private final long seed = Long.getLong("kill.seed", System.nanoTime());
    private final Duration patience = Duration.ofSeconds(180 + seconds);

    @Test
    void everythingAcknowledgedCountsOnceWhoeverIsKilled() throws Exception {
        System.out.printf("kill test: -Dkill.seconds=%d -Dkill.rate=%d -Dkill.seed=%d%n", seconds, perSecond, seed);
        StackPlan plan = plan();
        try (Supervisor stack = Supervisor.start(plan, part -> {}, tireless())) {
            awaitCopies(plan);
            makeLoop(stack.bootstrapServers());
            try (MessyTraffic traffic = new MessyTraffic(stack.bootstrapServers(), LOOP, seed)) {
                Killer killer = new Killer(stack, seed);
                Thread killing = new Thread(() -> killer.run(Duration.ofSeconds(seconds)), "killer");
                killing.start();
                traffic.run(Duration.ofSeconds(seconds), perSecond);
                killing.join();
                assertThat(traffic.refused()).isZero();
                await().atMost(patience)
                        .until(() -> stack.parts().stream().allMatch(part -> part.condition() == Condition.UP));
                List<String> faults = awaitTheLast(stack, traffic.account());
                System.out.printf("killed: %s%n", killer.killed());
                faults.addAll(audit(stack, traffic.account()));
                assertThat(faults).isEmpty();
                assertThat(killer.killed()).hasSizeGreaterThan(3);
            }
        }
    }

    private static RestartPolicy tireless() {
        return new RestartPolicy(Duration.ofMillis(300), Duration.ofSeconds(2), 10_000, Duration.ofMinutes(5));
    }

    private StackPlan plan() {
        Path root = Repository.root();
        Path packaged = root.resolve(LOGGER).resolve("target/quarkus-app/quarkus-run.jar");
        assumeTrue(Files.exists(packaged), "skipped: not packaged, run mvn verify: " + LOGGER);
        StackPlan any = StackPlan.demo(root, "kill");
        return new StackPlan(
                        any.home(),
                        any.cacheDir(),
                        any.brokerPort(),
                        any.databasePort(),
                        TopicSetup.DEFAULT_PARTITIONS,
                        true,
                        any.jvmOptions(),
                        List.of(ServicePlan.of(Service.FEEDBACK, root, Ports.free())))
                .withServices(logger ->
                        logger.withEnvironment("KAFKA_STREAMS_NUM_STANDBY_REPLICAS", Integer.toString(standbys)))
                .withAnother(Service.FEEDBACK);
    }

    /** Each logger keeps all tasks of the join: its own half, and copies of the other one's. */
    private void awaitCopies(StackPlan plan) {
        if (standbys == 0) {
            return;
        }
        List<Path> folders = plan.services().stream()
                .map(logger ->
                        plan.home().resolve("state").resolve(logger.name()).resolve("streams/leeway-feedback-logger"))
                .toList();
        await().atMost(patience).untilAsserted(() -> assertThat(folders)
                .allSatisfy(folder -> assertThat(folder.toFile().list())
                        .filteredOn(task -> task.startsWith("1_"))
                        .hasSize(TopicSetup.DEFAULT_PARTITIONS)));
    }

    private static void makeLoop(String bootstrapServers) throws Exception {
        Instant now = Instant.now();
        RewardSettings reward = new RewardSettings(
                MessyTraffic.WAIT, MessyTraffic.BACKWARD, Duration.ofHours(1), null, null, RewardAggregation.SUM, null);
        LoopSettings settings = LoopSettings.builder(LoopKind.BANDIT)
                .actions(List.of(Action.of("a"), Action.of("b")))
                .reward(reward)
                .build();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.LOOPS, LOOP, Json.bytes(new Loop(LOOP, 1, "salt", settings, null, now, now, null))))
                    .get();
        }
    }

    /** Until every decision's fate has been told, and the counts have come to rest; or in words which do not. */
    private List<String> awaitTheLast(Supervisor stack, Account account) {
        URI logger = stack.url(LOGGER);
        LeewayClient client = new LeewayClient(new Addresses(logger, logger, logger, logger));
        List<String> faults = new ArrayList<>();
        try {
            await().atMost(patience)
                    .pollInterval(Duration.ofSeconds(1))
                    .ignoreExceptions()
                    .untilAsserted(() -> requireClosed(client.summary(LOOP), account));
        } catch (ConditionTimeoutException e) {
            faults.add("the counts do not close: " + e.getMessage());
        }
        return faults;
    }

    private static void requireClosed(FeedbackSummary summary, Account account) {
        assertThat(summary.decisions()).isEqualTo(account.decisions());
        assertThat(summary.open()).isZero();
        assertThat(summary.matched() + summary.defaulted()).isEqualTo(account.learnedFrom());
        assertThat(summary.neverActivated()).isEqualTo(account.neverActivated());
        assertThat(summary.orphan()).isEqualTo(account.orphans());
        assertThat(summary.late()).isEqualTo(account.late());
        assertThat(summary.duplicate()).isEqualTo(account.repeated());
        assertThat(summary.conflicting()).isEqualTo(account.conflicting());
        assertThat(summary.deadLettered()).isEqualTo(account.poison().size());
    }

    private static List<String> audit(Supervisor stack, Account account) throws Exception {
        Audit audit = new Audit(LOOP, account);
        audit.run(stack.bootstrapServers(), stack.jdbcUrl());
        stack.parts().forEach(KillTest::tell);
        audit.counts().forEach((what, count) -> System.out.printf("%-28s %,9d%n", what, count));
        return audit.faults();
    }

    private static void tell(PartState part) {
        System.out.printf("%s restarted %d times%n", part.name(), part.restarts());
    }
}
