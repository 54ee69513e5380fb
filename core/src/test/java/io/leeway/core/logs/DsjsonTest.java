package io.leeway.core.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.core.features.Action;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DsjsonTest {
    /** The actions stand in c._multi by number; a and p list them with the chosen one first, as Personalizer writes them. */
    private static final String LINE =
            "{'_label_cost':-0.75,'_label_probability':0.8,'_label_Action':2,'_labelIndex':1,"
                    + "'Timestamp':'2021-07-29T10:00:00.9990Z','Version':'1','EventId':'e1','a':[2,1,3],"
                    + "'c':{'User':{'name':'anna'},'age':31,'_multi':[{'_tag':'politics','i':{'topic':1}},"
                    + "{'i':{'id':'sports'}},{'TAction':{'value':2.5}}]},'p':[0.8,0.15,0.05],'pdrop':0.5,'VWState':{'m':'N/A'}}";

    /** The layout of Vowpal Wabbit's own converter, external_parser/log_converter.cc of its reinforcement_learning repository. */
    private static final String CONVERTED =
            "{'_label_cost':-1.5,'_label_probability':0.8999999761581421,'_label_Action':3,'_labelIndex':2,"
                    + "'o':[{'v':1.5,'EventId':'e5','ActionTaken':false}],'Timestamp':'2021-04-13T15:08:46.000000Z',"
                    + "'Version':'1','EventId':'e5','a':[3,1,2],'c':{'GUser':{'id':'a','_hobby':'hiking'},'tail':[1,2.5,null],"
                    + "'_multi':[{'TAction':{'a1':'f1'}},{'_tag':'b','TAction':{'a2':true}},"
                    + "{'_tag':'c','i':{'constant':1,'id':'c'},'j':[{'size':2}]}]},"
                    + "'p':[0.8999999761581421,0.05000001192092896,0.05000001192092896],'VWState':{'m':'N/A'},"
                    + "'_original_label_cost':-1.5}";

    private static final String SLOTS =
            "{'Timestamp':'2021-08-06T18:29:49.000000Z','Version':'1','EventId':'e6','c':{'GUser':{'id':'a'},"
                    + "'_multi':[{'TAction':{'a1':'f1'}},{'TAction':{'a2':'f2'}},{'TAction':{'a3':'f3'}}],"
                    + "'_slots':[{'_id':'top','Slot':{'size':'L'}},{'_id':'side'}]},'_outcomes':["
                    + "{'_label_cost':-0.0,'_id':'top','_a':[2,0,1],'_p':[0.5,0.25,0.25],'_o':[],'_original_label_cost':-0.0},"
                    + "{'_label_cost':-1.5,'_id':'side','_a':[1],'_p':[0.75],'_o':[{'v':1.5,'EventId':'e6','Index':'side',"
                    + "'ActionTaken':false}],'_original_label_cost':-1.5}],'VWState':{'m':'N/A'},'pdrop':0.9}";

    @ParameterizedTest
    @ValueSource(strings = {CONVERTED, SLOTS})
    void writesTheSameBytesAsTheConverter(String line) {
        assertThat(Dsjson.write(Dsjson.readEvent(quoted(line)))).isEqualTo(quoted(line));
    }

    @Test
    void writesWhatIsNotAlwaysThereInItsPlace() {
        String deferred = CONVERTED
                .replace("'_labelIndex':2,", "'_labelIndex':2,'_skipLearn':true,")
                .replace("'o':[", "'o':[{'EventId':'e5','ActionTaken':true},")
                .replace("'_original_label_cost':-1.5", "'pdrop':0.25,'_original_label_cost':-0.5");
        LoggedEvent event = Dsjson.readEvent(quoted(deferred));
        assertThat(event.activated()).isTrue();
        assertThat(event.learnable()).isFalse();
        assertThat(event.dropped()).isEqualTo(0.25);
        assertThat(event.slots().get(0).originalReward()).isEqualTo(0.5);
        assertThat(Dsjson.write(event)).isEqualTo(quoted(deferred));
    }

    @Test
    void readsSlots() {
        LoggedEvent event = Dsjson.readEvent(quoted(SLOTS));
        assertThat(event.single()).isFalse();
        LoggedSlot top = event.slots().get(0);
        assertThat(top.name()).isEqualTo("top");
        assertThat(top.features()).isEqualTo(Map.of("Slot", Map.of("size", "L")));
        assertThat(top.ranking()).containsExactly(2, 0, 1);
        assertThat(top.probabilities()).containsExactly(0.5, 0.25, 0.25);
        LoggedSlot side = event.slots().get(1);
        assertThat(side.reward()).isEqualTo(1.5);
        assertThat(side.probability()).isEqualTo(0.75);
        assertThat(side.probabilities()).as("only the chosen action's is known").isEmpty();
        assertThat(Dsjson.readEvent(quoted(SLOTS.replace("{'_id':'top',", "{"))).slots())
                .extracting(LoggedSlot::name)
                .as("an outcome's id says nothing where the slot has none")
                .containsExactly("slot1", "side");
    }

    @Test
    void probabilitiesThatWereMultipliedByTheShareKeptAreNotReadSo() {
        String multiplied = LINE.replace("'_label_probability':0.8", "'_label_probability':0.4");
        LoggedDecision decision = Dsjson.read(quoted(multiplied));
        assertThat(decision.probability()).isEqualTo(0.8);
        assertThat(decision.represents()).isEqualTo(2);
        assertThatThrownBy(() -> Dsjson.read(quoted(multiplied.replace("'pdrop':0.5", "'pdrop':0.4"))))
                .hasMessageContaining("probability=0.4");
    }

    @Test
    void readsWhatPersonalizerWasSent() {
        String line = LINE.replace(
                        "'User':{'name':'anna'},", "'FromUrl':[{'User':{'name':'anna'}},{'User':{'vip':true}}],")
                .replace(
                        "{'i':{'id':'sports'}}",
                        "{'_tag':'Latte','i':{'constant':1,'id':'Latte'},'j':[{'type':'hot','_title':'x'},{'roast':'dark'}]}");
        LoggedEvent event = Dsjson.readEvent(quoted(line));
        assertThat(event.context()).isEqualTo(Map.of("User", Map.of("name", "anna", "vip", true), "age", 31L));
        assertThat(event.actions().get(1))
                .isEqualTo(new Action("Latte", Map.of("type", "hot", "_title", "x", "roast", "dark")));
        assertThat(Dsjson.write(event))
                .contains(
                        quoted("{'_tag':'Latte','i':{'constant':1,'id':'Latte'},'j':[{'type':'hot','roast':'dark'}]}"));
    }

    @Test
    void idsComeBackWhateverTheActionsLookLike() {
        String tag = "t".repeat(250);
        List<Action> actions = List.of(
                Action.of("plain"),
                new Action("features", Map.of("id", "other", "_tag", "another")),
                new Action("other", Map.of()),
                new Action("{\"size\":1}", Map.of("size", 1L)),
                new Action("x", Map.of("i", Map.of("id", "x"))),
                new Action("x#2", Map.of("i", Map.of("id", "x"))));
        LoggedSlot slot = new LoggedSlot("main", Map.of(), List.of(3, 1, 0, 2, 4, 5), 0.5, List.of(), 0, 0, List.of());
        LoggedEvent event = new LoggedEvent("e", "", Map.of("_hidden", 1L), actions, List.of(slot), "m", 0, true);
        LoggedEvent read = Dsjson.readEvent(Dsjson.write(event));
        assertThat(read.actions())
                .extracting(Action::id)
                .containsExactlyElementsOf(actions.stream().map(Action::id).toList());
        assertThat(read.actions().get(1).features()).isEqualTo(Map.of("id", "other"));
        assertThat(read.context()).isEmpty();
        assertThat(Dsjson.read(quoted(LINE.replace("politics", tag)))
                        .actions()
                        .get(0)
                        .id())
                .as("no longer than a contract allows")
                .hasSizeLessThanOrEqualTo(200)
                .startsWith("ttt");
    }

    @Test
    void listsThatVowpalWabbitCannotReadComeBack() {
        Map<String, Object> features = Map.of(
                "words", List.of("a", "b"),
                "flags", Map.of("deep", List.of(true, 1L, List.of(1L, "x"))),
                "numbers", List.of(1L, 2.5),
                "objects", List.of(Map.of("objects", 1L), Map.of("objects", 2L)),
                "none", List.of());
        LoggedSlot slot = new LoggedSlot("top", features, List.of(0), 1, List.of(1.0), 0, 0, List.of());
        LoggedEvent event =
                new LoggedEvent("e", "", features, List.of(new Action("a", features)), List.of(slot), "N/A", 0, true);
        String line = Dsjson.write(event);
        assertThat(line)
                .contains(quoted("'words':[{'words':'a'},{'words':'b'}]"))
                .contains("\"numbers\":[1,2.5]");
        assertThat(Dsjson.readEvent(line)).isEqualTo(event);
    }

    @Test
    void onlyEligibleActionsAreWritten() {
        List<Action> actions = List.of(Action.of("a"), Action.of("excluded"), Action.of("c"));
        LoggedSlot slot = new LoggedSlot("main", Map.of(), List.of(2, 0), 0.75, List.of(0.75, 0.25), 1, 1, List.of());
        String line = Dsjson.write(new LoggedEvent("e", "", Map.of(), actions, List.of(slot), "", 0, true));
        assertThat(line)
                .contains("\"_label_Action\":2,")
                .contains("\"a\":[2,1]")
                .doesNotContain("excluded");
        assertThat(Dsjson.read(line).probabilities()).containsExactly(0.25, 0.75);
    }

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
        assertThatThrownBy(() -> Dsjson.read(quoted(SLOTS)))
                .hasMessage("must be a decision with one choice, has slots");
        assertThatThrownBy(() -> Dsjson.read(quoted("{'c':{'_multi':[],'_slots':[]}}")))
                .hasMessage("must be given: _outcomes");
        assertThatThrownBy(() ->
                        Dsjson.read(quoted("{'_label_ca':{'cost':-1.5,'pdf_value':0.5,'action':1.5},'c':{'joint':1}}")))
                .hasMessage("must choose among actions, continuous ones are not supported: _label_ca");
        assertThatThrownBy(() -> Dsjson.read(quoted("{'_label_cost':-1,'_outcomes':[{'_a':[0],'_p':[1]}],'c':{}}")))
                .hasMessage("must have a cost for each slot, slates are not supported: _label_cost");
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
