package io.leeway.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StackPlanTest {
    private final Path root = Path.of("project").toAbsolutePath();

    @Test
    void standardStackHasTheDocumentedPorts() {
        assertThat(StackPlan.standard(root).ownersByPort())
                .containsEntry(9092, "kafka")
                .containsEntry(5433, "postgresql")
                .containsEntry(8081, "prediction-service")
                .containsEntry(8082, "feedback-logger")
                .containsEntry(8083, "training-service")
                .containsEntry(8084, "drift-monitor")
                .hasSize(6);
    }

    @Test
    void demoSharesNeitherPortsNorDataWithTheStandardStack() {
        StackPlan standard = StackPlan.standard(root);
        StackPlan demo = StackPlan.demo(root, "drift");

        assertThat(demo.fresh()).isTrue();
        assertThat(standard.fresh()).isFalse();
        assertThat(demo.home()).isNotEqualTo(standard.home());
        assertThat(demo.stateFile()).isNotEqualTo(standard.stateFile());
        Set<Integer> common = new HashSet<>(demo.ownersByPort().keySet());
        common.retainAll(standard.ownersByPort().keySet());
        assertThat(common).isEmpty();
    }

    @Test
    void furtherInstancesHaveOwnNamesPortsAndStateFolders() {
        StackPlan plan = StackPlan.demo(root, "two")
                .withAnother(Service.PREDICTION)
                .withAnother(Service.FEEDBACK)
                .withAnother(Service.PREDICTION);

        assertThat(plan.services())
                .extracting(ServicePlan::name)
                .endsWith("prediction-service-2", "feedback-logger-2", "prediction-service-3");
        assertThat(plan.ownersByPort()).hasSize(9);
        assertThat(plan.services().stream().map(plan::environment).map(variables -> variables.get("LEEWAY_STATE_DIR")))
                .doesNotHaveDuplicates();
    }

    @Test
    void refusesTheSamePortTwice() {
        StackPlan plan = StackPlan.standard(root).withPorts(8081, 5433);
        assertThatThrownBy(plan::ownersByPort).hasMessageContaining("must differ");
    }
}
