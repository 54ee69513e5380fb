package io.leeway.core.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.core.features.Action;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DsjsonTest {
    /** The actions stand in c._multi by number; a and p list them with the chosen one first, as Personalizer writes them. */
    private static final String LINE =
            "{'_label_cost':-0.75,'_label_probability':0.8,'_label_Action':2,'_labelIndex':1,"
                    + "'Timestamp':'2021-07-29T10:00:00.9990Z','Version':'1','EventId':'e1','a':[2,1,3],"
                    + "'c':{'User':{'name':'anna'},'age':31,'_multi':[{'_tag':'politics','i':{'topic':1}},"
                    + "{'i':{'id':'sports'}},{'TAction':{'value':2.5}}]},'p':[0.8,0.15,0.05],'pdrop':0.5,'VWState':{'m':'N/A'}}";

    @Test
    void readsALineOfPersonalizer() {
        LoggedDecision decision = Dsjson.read(quoted(LINE));
        assertThat(decision.eventId()).isEqualTo("e1");
        assertThat(decision.time()).isEqualTo("2021-07-29T10:00:00.9990Z");
        assertThat(decision.reward()).isEqualTo(0.75);
        assertThat(decision.chosen()).isEqualTo(1);
        assertThat(decision.probability()).isEqualTo(0.8);
        assertThat(decision.probabilities()).containsExactly(0.15, 0.8, 0.05);
        assertThat(decision.actions())
                .extracting(Action::id)
                .containsExactly("politics", "sports", "{\"TAction\":{\"value\":2.5}}");
        assertThat(decision.context()).isEqualTo(Map.of("User", Map.of("name", "anna"), "age", 31L));
        assertThat(decision.represents()).isEqualTo(2);
        assertThat(decision.learnable()).isTrue();
    }

    @Test
    void knowsWhatWasNotActivatedAndWhatWasNotRewarded() {
        assertThat(Dsjson.read(quoted(LINE.replace("'Version'", "'_skipLearn':true,'Version'")))
                        .learnable())
                .isFalse();
        assertThat(Double.doubleToRawLongBits(
                        Dsjson.read(quoted(LINE.replace("-0.75", "0"))).reward()))
                .isZero();
    }

    @Test
    void doesWithoutTheOtherActionsProbabilities() {
        LoggedDecision decision = Dsjson.read(quoted(LINE.replace(",'p':[0.8,0.15,0.05]", "")));
        assertThat(decision.complete()).isFalse();
        assertThat(decision.probability()).isEqualTo(0.8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'_label_Action':2 | '_label_Action':4 | must be in 1 to 3: _label_Action=4",
                "'_label_Action':2 | '_label_Action':0 | must be in 1 to 3: _label_Action=0",
                "'_label_Action':2 | '_label_Action':1 | must be _label_Action - 1: _labelIndex=1 _label_Action=1",
                "'_label_probability':0.8 | '_label_probability':0 | must be in (0, 1]: probability=0.0",
                "'_label_probability':0.8 | '_label_probability':0.7 | must be the probability of the chosen action, 0.8: probability=0.7",
                "'_label_probability':0.8 | '_label_probability':1.5 | must be in (0, 1]: probability=1.5",
                "'_label_cost':-0.75 | '_label_cost':'x' | must be a finite number: _label_cost=x",
                "'_label_cost':-0.75, | `` | must be given: _label_cost",
                "'p':[0.8,0.15,0.05] | 'p':[0.8,0.15] | must be one for each of 3 actions: p=2",
                "'p':[0.8,0.15,0.05] | 'p':[0.8,0.15,0.5] | must sum to 1: probabilities=1.45",
                "'a':[2,1,3] | 'a':[2,1,1] | must name an action once: a=1",
                "'a':[2,1,3] | 'a':[2,1,9] | must be in 1 to 3: a=9",
                "'pdrop':0.5 | 'pdrop':1 | must be in [0, 1): pdrop=1.0",
                "'_multi' | 'other' | must be a list: c._multi=null",
            })
    void saysWhyALineCannotBeUsed(String part, String instead, String reason) {
        String line = LINE.replace(part, instead);
        assertThatThrownBy(() -> Dsjson.read(quoted(line)))
                .isInstanceOf(LogFormatException.class)
                .hasMessageStartingWith(reason);
    }

    @Test
    void tellsOtherLinesApart() {
        assertThatThrownBy(() -> Dsjson.read(quoted("{'RewardValue':1,'EnqueuedTimeUtc':'2021','EventId':'x'}")))
                .hasMessage("must be a decision, is a reward whose decision is missing");
        assertThatThrownBy(() -> Dsjson.read(quoted("{'c':{'_multi':[],'_slots':[]},'_outcomes':[]}")))
                .hasMessage("must be a decision with one choice, has slots");
        assertThatThrownBy(() -> Dsjson.read("not json"))
                .isInstanceOf(LogFormatException.class)
                .hasMessageContaining("position=");
    }

    @Test
    void equalActionsGetIdsOfTheirOwn() {
        String line = LINE.replace("'_tag':'politics'", "'_tag':'sports'");
        assertThat(Dsjson.read(quoted(line)).actions().subList(0, 2))
                .extracting(Action::id)
                .containsExactly("sports", "sports#2");
    }

    @Test
    void readsOurOwnLines() {
        String own = "{'eventId':'e7','time':'2026-01-01T00:00:00Z','context':{'age':3},'action':'b',"
                + "'probabilities':[{'action':'a','probability':0.25},{'action':'b','probability':0.75}],"
                + "'actions':[{'id':'a','features':{'size':1}},{'id':'b'},{'id':'excluded'}],'reward':2}";
        LoggedDecision decision = DecisionLines.readAny(quoted(own));
        assertThat(decision.actions()).containsExactly(new Action("a", Map.of("size", 1L)), Action.of("b"));
        assertThat(decision.chosen()).isEqualTo(1);
        assertThat(decision.probability()).isEqualTo(0.75);
        assertThat(decision.probabilities()).isEqualTo(List.of(0.25, 0.75));
        assertThat(decision.reward()).isEqualTo(2);
        LoggedDecision chosenOnly = DecisionLines.readAny(
                quoted("{'eventId':'e','actions':[{'id':'a'},{'id':'b'}],'action':'b','probability':0.5,'reward':0}"));
        assertThat(chosenOnly.complete()).isFalse();
        assertThat(chosenOnly.actions()).hasSize(2);
        assertThatThrownBy(() -> DecisionLines.read(quoted("{'action':'c','actions':[{'id':'a'}],'reward':1}")))
                .hasMessage("must be among the actions: action=c");
    }

    private static String quoted(String text) {
        return text.replace('\'', '"');
    }
}
