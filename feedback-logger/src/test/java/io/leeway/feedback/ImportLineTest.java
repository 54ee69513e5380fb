package io.leeway.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.Reward;
import io.leeway.contracts.rest.HistoryLine;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportLineTest {
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final Loop LOOP =
            new Loop("news", 3, "salt", LoopSettings.of(LoopKind.BANDIT), null, NOW, NOW, null);
    private static final String SINGLE =
            "'eventId':'e1','time':'2026-01-01T00:00:00Z','context':{'hour':5},'action':'b','probability':0.5";

    @Test
    void aLineOfTheOldFormIsOneReward() {
        Feedback feedback =
                feedback(SINGLE + ",'reward':1,'actions':[{'id':'a'},{'id':'b'}],'model':'vw/1','pdrop':0.5");
        assertThat(feedback.status()).isEqualTo(FeedbackStatus.MATCHED);
        assertThat(feedback.imported()).isTrue();
        assertThat(feedback.rewards()).extracting(Reward::value, Reward::slot).containsExactly(tuple(1.0, "main"));
        assertThat(feedback.decision().policy()).isEqualTo("imported");
        assertThat(feedback.decision().other()).isEqualTo(Map.of("model", "vw/1", "pdrop", 0.5));
        assertThat(feedback.decision().actions()).hasSize(2);
    }

    @Test
    void rewardsThatAreNamedAreKept() {
        Feedback feedback = feedback(
                SINGLE + ",'reward':0.75,'deferred':true,'excluded':['c'],"
                        + "'rewards':[{'value':0.5,'rewardId':'r1','time':'2026-01-01T00:00:05Z','name':'click'},{'value':0.25}]");
        assertThat(feedback.reward()).isEqualTo(0.75);
        assertThat(feedback.rewards())
                .extracting(Reward::value, Reward::rewardId, Reward::time, Reward::name)
                .containsExactly(
                        tuple(0.5, "r1", Instant.parse("2026-01-01T00:00:05Z"), "click"),
                        tuple(0.25, "imported:main:1", Instant.parse("2026-01-01T00:00:00Z"), null));
        assertThat(feedback.decision().deferred()).isTrue();
        assertThat(feedback.decision().excluded()).containsExactly("c");
    }

    @Test
    void noRewardIsTheDefault() {
        Feedback feedback = feedback(SINGLE + ",'reward':0,'rewards':[]");
        assertThat(feedback.status()).isEqualTo(FeedbackStatus.DEFAULTED);
        assertThat(feedback.rewards()).isEmpty();
    }

    @Test
    void slotsHaveTheirOwn() {
        Feedback feedback = feedback("'eventId':'e1','time':'2026-01-01T00:00:00Z','slots':["
                + "{'name':'top','features':{'size':2},'action':'a','probabilities':[{'action':'a','probability':0.25},"
                + "{'action':'b','probability':0.75}]},{'name':'side','action':'b','probability':0.5}],"
                + "'slotRewards':{'top':1,'side':0},'rewards':[{'slot':'top','value':1}]");
        assertThat(feedback.slotRewards()).isEqualTo(Map.of("top", 1.0, "side", 0.0));
        assertThat(feedback.decision().slots().get(0).features()).isEqualTo(Map.of("size", 2));
        assertThat(feedback.decision().slots().get(0).probability()).isEqualTo(0.25);
        assertThat(feedback.rewards()).extracting(Reward::slot).containsExactly("top");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'reward':2 | must be in [0.0, 1.0]: reward=2.0",
                "'reward':1,'rewards':[{'value':1,'slot':'side'}] | must be one of [main]: rewards[0].slot=side",
                "'reward':1,'rewards':[{}] | must be given: value",
                "'reward':1,'rewards':[null] | must not be null: rewards[0]",
                "'context':{} | must be a finite number: reward",
            })
    void whatIsWrongIsNamed(String rest, String reason) {
        String line = SINGLE.replace("'context':{'hour':5},", "") + "," + rest;
        assertThatThrownBy(() -> feedback(line))
                .isInstanceOf(ContractViolation.class)
                .hasMessageStartingWith(reason);
    }

    private static Tuple tuple(Object... values) {
        return Assertions.tuple(values);
    }

    private static Feedback feedback(String fields) {
        HistoryLine line = Json.read("{" + fields.replace('\'', '"') + "}", HistoryLine.class);
        return new ImportLine(line).feedback(LOOP, NOW);
    }
}
