package io.leeway.core.model;

import io.leeway.core.features.HashedRow;
import io.leeway.core.features.Situation;
import io.leeway.core.json.JsonObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Parts of several kinds as they answer together. Thread-safe. */
final class AutoScorer extends RowScorer {
    private static final int UNKNOWN = -1;

    private final AutoLayout layout;
    private final Map<String, Integer> places = new HashMap<>();
    private final AutoColumns[] views;
    private final AutoPart[] parts;
    private final HashedTable[] tables;
    private final ThreadLocal<Workspace> workspaces = ThreadLocal.withInitial(Workspace::new);

    AutoScorer(Artifact artifact, AutoLayout layout) {
        super(artifact.description());
        this.layout = layout;
        layout.arms().forEach(arm -> places.put(arm, places.size()));
        views = layout.views().stream().map(AutoColumns::new).toArray(AutoColumns[]::new);
        parts = new AutoPart[layout.parts().size()];
        tables = new HashedTable[parts.length];
        for (int p = 0; p < parts.length; p++) {
            AutoLayout.Part part = layout.parts().get(p);
            String prefix = "part" + p + ".";
            if (part.view() < 0) {
                tables[p] = new HashedTable(
                        HashedLayout.HashedLinearLayout.fromJson(JsonObject.of(part.shape())),
                        artifact.tensor(prefix + "slot"),
                        artifact.tensor(prefix + "weight"),
                        artifact.tensor(prefix + "scale"));
            } else {
                AutoColumns view = views[part.view()];
                int arms = view.joint() ? 1 : layout.arms().size();
                parts[p] = AutoPart.of(part, prefix, view.width(), arms, artifact);
            }
        }
    }

    /** What one thread reuses. */
    private final class Workspace {
        private final HashedTable.Buffers table = new HashedTable.Buffers();
        private final double[][] contexts = new double[views.length][];
        private final float[][] columns = new float[views.length][];
        private final JointRows[] rows = new JointRows[views.length];
        private final AutoPart.Run[] runs = new AutoPart.Run[parts.length];
        private final double[] byArm = new double[Math.max(1, layout.arms().size())];
        private double[] predictions = new double[16];
        private double[] sums = new double[16];
        private double[] weights = new double[16];
        private int[] arms = new int[16];

        private Workspace() {
            for (int v = 0; v < views.length; v++) {
                contexts[v] = new double[views[v].width()];
                columns[v] = new float[views[v].width()];
                rows[v] = new JointRows(views[v]);
            }
            for (int p = 0; p < runs.length; p++) {
                runs[p] = parts[p] == null ? null : parts[p].run();
            }
        }

        private void begin(int count) {
            if (sums.length < count) {
                predictions = new double[2 * count];
                sums = new double[2 * count];
                weights = new double[2 * count];
                arms = new int[2 * count];
            }
            Arrays.fill(sums, 0, count, 0);
            Arrays.fill(weights, 0, count, 0);
        }

        private void take(int action, double weight, double prediction) {
            double bounded = Math.max(-layout.reach(), Math.min(1 + layout.reach(), prediction));
            sums[action] += weight * bounded;
            weights[action] += weight;
        }
    }

    @Override
    public void scoreRows(HashedRow context, List<HashedRow> actions, List<String> ids, int count, double[] scores) {
        Workspace own = workspaces.get();
        own.begin(count);
        for (int i = 0; i < count; i++) {
            own.arms[i] = place(ids.get(i));
        }
        for (int v = 0; v < views.length; v++) {
            if (views[v].joint()) {
                own.rows[v].set(context, actions, ids, count);
                scoreJointly(v, count, own);
            } else {
                views[v].context(context, own.contexts[v]);
                scoreByArm(v, count, own);
            }
        }
        for (int p = 0; p < tables.length; p++) {
            if (tables[p] != null) {
                tables[p].score(context, actions, ids, count, own.predictions, own.table);
                for (int i = 0; i < count; i++) {
                    own.take(i, layout.parts().get(p).weight(), own.predictions[i]);
                }
            }
        }
        average(count, own, scores);
    }

    private void scoreByArm(int view, int count, Workspace own) {
        views[view].standardise(own.contexts[view], own.columns[view]);
        for (int p = 0; p < parts.length; p++) {
            if (layout.parts().get(p).view() == view) {
                own.runs[p].predict(own.columns[view], own.byArm);
                for (int i = 0; i < count; i++) {
                    if (own.arms[i] != UNKNOWN) {
                        own.take(i, layout.parts().get(p).weight(), own.byArm[own.arms[i]]);
                    }
                }
            }
        }
    }

    private void scoreJointly(int view, int count, Workspace own) {
        for (int p = 0; p < parts.length; p++) {
            if (layout.parts().get(p).view() == view) {
                own.runs[p].predictEach(own.rows[view], count, own.predictions);
                for (int i = 0; i < count; i++) {
                    own.take(i, layout.parts().get(p).weight(), own.predictions[i]);
                }
            }
        }
    }

    /** A new action, of which no part knows anything, gets the mean of the others. */
    private void average(int count, Workspace own, double[] scores) {
        double sum = 0;
        int known = 0;
        for (int i = 0; i < count; i++) {
            if (own.weights[i] > 0) {
                own.sums[i] /= own.weights[i];
                sum += own.sums[i];
                known++;
            }
        }
        for (int i = 0; i < count; i++) {
            double scaled = own.weights[i] > 0 ? own.sums[i] : known == 0 ? 0 : sum / known;
            scores[i] = layout.lower() + scaled * layout.width();
        }
    }

    private int place(String id) {
        Integer place = places.get(id);
        if (place != null) {
            return place;
        }
        return places.size() < layout.mostArms() ? UNKNOWN : Math.floorMod(Situation.hashOf(id), layout.mostArms());
    }
}
