package io.leeway.feedback;

import static io.leeway.feedback.Service.eventually;
import static io.leeway.feedback.Service.summary;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Activation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Json;
import io.leeway.contracts.Topics;
import io.leeway.contracts.rest.FeedbackSummary;
import io.leeway.feedback.kafka.Samples;
import io.leeway.kit.kafka.EventHeaders;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Everything that can happen to an event, shuffled over time and partitions: every record is in one of the counts, once. */
@QuarkusTest
@WithTestResource(LeewayTestResource.class)
class MessyStreamTest {
    private static final String LOOP = "messy";
    private static final int EVENTS = 300;
    private static final int PARTITIONS = 6;

    private enum Story {
        REWARDED,
        REWARDED_EARLY,
        REWARDED_TWICE,
        REWARDED_LATE,
        UNREWARDED,
        LOGGED_TWICE,
        ANSWERED_TWICE,
        SHOWN,
        NEVER_SHOWN,
        NOBODY,
        POISON,
        STILL_OPEN
    }

    private final List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
    private final Map<Story, Integer> told = new EnumMap<>(Story.class);

    /** So far ahead that all records are on their topics before anything is due. */
    private Instant time;

    @Test
    void theCountsClose() {
        long seed = Long.getLong("leeway.seed", System.nanoTime());
        Random random = new Random(seed);
        try (Service service = new Service()) {
            service.make(Samples.loop(LOOP, Duration.ofSeconds(1)));
            time = Instant.now().truncatedTo(ChronoUnit.MICROS).plusSeconds(5);
            for (int i = 0; i < EVENTS; i++) {
                Story story = Story.values()[i < Story.values().length ? i : random.nextInt(Story.values().length)];
                told.merge(story, 1, Integer::sum);
                tell(story, "m" + i);
            }
            Collections.shuffle(records, random);
            service.flood(records.stream()
                    .map(record -> new ProducerRecord<>(
                            record.topic(),
                            random.nextInt(PARTITIONS),
                            null,
                            record.key(),
                            record.value(),
                            record.headers()))
                    .toList());
            FeedbackSummary expected = expected();
            eventually().untilAsserted(() -> assertThat(summary(LOOP))
                    .as("reproduce with -Dleeway.seed=%d", seed)
                    .usingRecursiveComparison()
                    .ignoringFields("meanReward")
                    .isEqualTo(expected));
            FeedbackSummary found = summary(LOOP);
            assertThat(found.decisions())
                    .isEqualTo(found.matched() + found.defaulted() + found.neverActivated() + found.open());
            eventually().untilAsserted(() -> given().get("/q/metrics")
                    .then()
                    .body(org.hamcrest.Matchers.containsString(
                            "leeway_feedback_counts{loop=\"messy\",of=\"open\"} " + (double) expected.open())));
        }
    }

    private FeedbackSummary expected() {
        long matched = of(Story.REWARDED, Story.REWARDED_EARLY, Story.REWARDED_TWICE);
        long defaulted =
                of(Story.REWARDED_LATE, Story.UNREWARDED, Story.LOGGED_TWICE, Story.ANSWERED_TWICE, Story.SHOWN);
        return new FeedbackSummary(
                LOOP,
                EVENTS - of(Story.NOBODY, Story.POISON),
                matched,
                defaulted,
                of(Story.NEVER_SHOWN),
                of(Story.STILL_OPEN),
                of(Story.REWARDED_LATE),
                of(Story.REWARDED_LATE),
                of(Story.REWARDED_TWICE, Story.LOGGED_TWICE),
                of(Story.NOBODY),
                of(Story.ANSWERED_TWICE),
                of(Story.POISON),
                null);
    }

    private long of(Story... stories) {
        return List.of(stories).stream()
                .mapToLong(story -> told.getOrDefault(story, 0))
                .sum();
    }

    private void tell(Story story, String id) {
        switch (story) {
            case REWARDED -> {
                decide(Samples.decision(LOOP, id, time));
                reward(id, 0.5, time.plusMillis(900));
            }
            case REWARDED_EARLY -> {
                decide(Samples.decision(LOOP, id, time));
                reward(id, 0.5, time.minusMillis(900));
            }
            case REWARDED_TWICE -> {
                decide(Samples.decision(LOOP, id, time));
                reward(id, 0.5, time);
                reward(id, 0.5, time);
            }
            case REWARDED_LATE -> {
                decide(Samples.decision(LOOP, id, time));
                reward(id, 0.5, time.plusMillis(1100));
            }
            case UNREWARDED -> decide(Samples.decision(LOOP, id, time));
            case LOGGED_TWICE -> {
                decide(Samples.decision(LOOP, id, time));
                decide(Samples.decision(LOOP, id, time));
            }
            case ANSWERED_TWICE -> {
                decide(Samples.decision(LOOP, id, time, "a", false));
                decide(Samples.decision(LOOP, id, time, "b", false));
            }
            case SHOWN -> {
                decide(Samples.decision(LOOP, id, time, "a", true));
                byte[] shown = Json.bytes(new Activation(LOOP, id, time.plusMillis(500), null));
                records.add(new ProducerRecord<>(
                        Topics.REWARDS,
                        null,
                        null,
                        id,
                        shown,
                        EventHeaders.of(EventType.ACTIVATION, id, "test", time)));
            }
            case NEVER_SHOWN -> {
                decide(Samples.decision(LOOP, id, time, "a", true));
                reward(id, 0.5, time);
            }
            case NOBODY -> reward(id, 0.5, time);
            case POISON -> reward(id, 7, time);
            case STILL_OPEN -> {
                decide(Samples.decision(LOOP, id, time.plusSeconds(3600)));
                reward(id, 0.5, time.plusSeconds(3600));
            }
        }
    }

    private void decide(Decision decision) {
        records.add(new ProducerRecord<>(Topics.DECISIONS, decision.eventId(), Json.bytes(decision)));
    }

    private void reward(String id, double value, Instant at) {
        byte[] reward =
                Json.text(Samples.reward(LOOP, id, value, "r-" + id, at)).getBytes(StandardCharsets.UTF_8);
        records.add(new ProducerRecord<>(Topics.REWARDS, id, reward));
    }
}
