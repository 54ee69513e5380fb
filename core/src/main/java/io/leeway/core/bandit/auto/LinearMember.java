package io.leeway.core.bandit.auto;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Memento;
import io.leeway.core.bandit.expert.PartExport;
import io.leeway.core.bandit.online.HashedLinear;
import io.leeway.core.bandit.online.LinearOptions;
import io.leeway.core.features.Situation;
import io.leeway.core.model.AutoLayout;
import io.leeway.core.model.Export;
import java.util.List;
import java.util.Optional;

/** A linear expert on hashed features and their interactions: it has room for more features than the others. Not thread-safe. */
final class LinearMember implements Member {
    private HashedLinear linear = new HashedLinear(LinearOptions.defaults());
    private boolean begun;

    @Override
    public int size() {
        return 1;
    }

    @Override
    public void predict(Situation situation, int[] arms, int from, int to, double[][] predictions) {
        linear.score(situation, from, to, predictions[0]);
    }

    @Override
    public void learn(Situation situation, int action, int arm, double scaled, double probability) {
        linear.learn(situation, new Choice(action, probability), scaled);
    }

    /** Its own standardisation runs along with the stream: it learns anew only when it is new or the world changed. */
    @Override
    public void refit(Memory memory, int fresh) {
        if (begun && !memory.changed()) {
            return;
        }
        begun = true;
        linear = new HashedLinear(LinearOptions.defaults());
        for (int i = 0; i < memory.feedbacks().size(); i++) {
            Feedback feedback = memory.feedbacks().get(i);
            Situation situation =
                    new Situation(feedback.context(), List.of(feedback.actionId()), List.of(feedback.action()));
            linear.learn(
                    situation,
                    new Choice(0, feedback.probability()),
                    memory.scale().scale(feedback.reward()));
        }
    }

    @Override
    public List<String> names() {
        return List.of("hashed linear");
    }

    @Override
    public Optional<AutoLayout.View> view() {
        return Optional.empty();
    }

    @Override
    public PartExport export(int expert, int arms) {
        Export export = linear.export();
        return new PartExport("linear", export.layout().toJson(), export.tensors());
    }

    @Override
    public void exchange(Memento state) {
        begun = state.flag(begun);
        linear.exchange(state);
    }
}
