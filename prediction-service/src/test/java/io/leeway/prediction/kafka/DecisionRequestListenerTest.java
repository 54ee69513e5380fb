package io.leeway.prediction.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Decision;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.ServingSettings;
import io.leeway.contracts.Topics;
import io.leeway.contracts.rest.DecisionAnswer;
import io.leeway.contracts.rest.PredictionAnswer;
import io.leeway.contracts.rest.Problem;
import io.leeway.prediction.TestLoops;
import io.leeway.prediction.World;
import io.leeway.stack.testing.LeewayTestResource;
import io.leeway.stack.testing.LocalStack;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
class DecisionRequestListenerTest {
    private static final String REPLIES = "replies-of-a-test";

    @BeforeEach
    void loops() {
        World.loop(TestLoops.bandit("asked", null, "a", "b"));
        World.loop(TestLoops.regression("asked-number"));
        World.loop(TestLoops.serving(
                TestLoops.bandit("asked-seldom", null, "a", "b"), new ServingSettings(null, null, 1, null)));
    }

    @BeforeAll
    static void replyTopic() throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", LocalStack.sharedBroker().bootstrapServers());
        try (Admin admin = Admin.create(settings)) {
            admin.createTopics(List.of(new NewTopic(REPLIES, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private static void ask(String key, String request, String replyTopic) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topics.DECISION_REQUESTS, key, request.getBytes(UTF_8));
        if (replyTopic != null) {
            World.header(record, Headers.REPLY_TOPIC, replyTopic);
        }
        World.write(record);
    }

    private static ConsumerRecord<String, byte[]> awaitKey(String topic, String key) {
        return World.awaitRecord(topic, record -> key.equals(record.key()));
    }

    @Test
    void aRequestIsDecidedLoggedAndAnsweredOnItsTopic() {
        ask("kafka-1", "{\"loop\": \"asked\", \"eventId\": \"kafka-1\", \"context\": {\"x\": 1}}", REPLIES);
        DecisionAnswer answer = Json.read(awaitKey(REPLIES, "kafka-1").value(), DecisionAnswer.class);
        Decision decision = Json.read(awaitKey(Topics.DECISIONS, "kafka-1").value(), Decision.class);
        assertThat(answer.action()).isEqualTo(decision.slots().get(0).action());
        assertThat(answer.probability()).isEqualTo(0.5);
        assertThat(decision.context()).containsEntry("x", 1);
        World.post("/v1/loops/asked/decisions", "{\"eventId\": \"kafka-1\", \"context\": {\"x\": 1}}")
                .statusCode(200);
        ask("kafka-1", "{\"loop\": \"asked\", \"eventId\": \"kafka-1\", \"context\": {\"x\": 1}}", REPLIES);
        ask("kafka-2", "{\"loop\": \"asked-number\"}", REPLIES);
        PredictionAnswer number = Json.read(awaitKey(REPLIES, "kafka-2").value(), PredictionAnswer.class);
        assertThat(number.eventId()).isEqualTo("kafka-2");
        assertThat(World.withKey(Topics.DECISIONS, "kafka-1")).hasSize(1);
        ask("kafka-1", "{\"loop\": \"asked\", \"eventId\": \"kafka-1\", \"context\": {\"x\": 2}}", REPLIES);
        ConsumerRecord<String, byte[]> conflict = awaitKey(Topics.deadLetter(Topics.DECISION_REQUESTS), "kafka-1");
        assertThat(World.header(conflict, Headers.DEAD_LETTER_REASON)).contains("eventId=kafka-1");
    }

    @Test
    void severalSlotsAreFilled() {
        ask("kafka-3", "{\"loop\": \"asked\", \"slots\": [{\"name\": \"top\"}, {\"name\": \"side\"}]}", REPLIES);
        DecisionAnswer answer = Json.read(awaitKey(REPLIES, "kafka-3").value(), DecisionAnswer.class);
        assertThat(answer.slots()).hasSize(2);
        assertThat(answer.slots().get(1).probability()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "poison-1|{\"loop\": \"nobody\"}||must be a loop that exists: loop=nobody",
                "poison-2|{\"loop\": ||not JSON at line 1",
                "poison-3|{\"context\": {}}||must be given: loop=null",
                "poison-4|{\"loop\": \"asked\", \"excluded\": [\"z\"]}||must be among the actions: excluded=z",
                "poison-7|{\"loop\": \"asked\", \"excluded\": [\"a\", \"b\"]}||must leave at least one action: excluded=[a, b]",
                "poison-8|{\"loop\": \"asked\", \"context\": {\"x\": 1, \"x\": 2}}||Duplicate field 'x'",
                "poison-9|{\"loop\": \"asked\", \"context\": {\"x\": NaN}}||at x: Non-standard token 'NaN'",
                "poison-10|{\"loop\": \"asked\", \"context\": {\"x\": 1e999}}||must be a finite number: context.x=Infinity",
                "poison-11|{\"loop\": \"asked\", \"context\": {\"x\": \"deep\"}}||context.x[0]",
                "poison-5|{\"loop\": \"asked\"}|leeway.decisions.v1|must not begin with leeway.",
                "poison-6|{\"loop\": \"asked\"}|not a name|must be a topic name",
            })
    void whatCannotBeDecidedIsADeadLetterWithTheReason(String key, String written, String replyTopic, String reason) {
        String request = written.replace("\"deep\"", "[".repeat(100) + "]".repeat(100));
        ask(key, request, replyTopic);
        ConsumerRecord<String, byte[]> letter = awaitKey(Topics.deadLetter(Topics.DECISION_REQUESTS), key);
        assertThat(World.header(letter, Headers.DEAD_LETTER_REASON)).contains(reason);
        assertThat(new String(letter.value(), UTF_8)).isEqualTo(request);
        assertThat(World.withKey(Topics.DECISIONS, key)).isEmpty();
        ask("after-" + key, "{\"loop\": \"asked\"}", null);
        awaitKey(Topics.DECISIONS, "after-" + key);
    }

    @Test
    void whatIsBeyondALoopsLimitIsRefusedWhereTheAnswerIsWantedAndIsADeadLetter() {
        int asked = 50;
        for (int i = 0; i < asked; i++) {
            ask("seldom-" + i, "{\"loop\": \"asked-seldom\"}", REPLIES);
        }
        ask("others-go-on", "{\"loop\": \"asked\"}", REPLIES);
        awaitKey(REPLIES, "others-go-on");
        String reason = "must be at most 1 calls a second: loop=asked-seldom";
        ConsumerRecord<String, byte[]> letter =
                World.awaitRecord(Topics.deadLetter(Topics.DECISION_REQUESTS), record -> record.key()
                        .startsWith("seldom-"));
        assertThat(World.header(letter, Headers.DEAD_LETTER_REASON)).isEqualTo(reason);
        ConsumerRecord<String, byte[]> refusal = awaitKey(REPLIES, letter.key());
        assertThat(World.header(refusal, Headers.CONTENT_TYPE)).isEqualTo("application/problem+json");
        Problem problem = Json.read(refusal.value(), Problem.class);
        assertThat(problem.status()).isEqualTo(429);
        assertThat(problem.detail()).isEqualTo(reason);
        assertThat(World.withKey(Topics.DECISIONS, letter.key())).isEmpty();
    }
}
