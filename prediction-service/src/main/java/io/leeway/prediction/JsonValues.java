package io.leeway.prediction;

import io.leeway.contracts.ContractViolation;
import io.leeway.core.features.Leaves;
import java.util.List;
import java.util.Map;

/** Refuses JSON that can be neither encoded nor logged. Builds a path only when there is something to refuse. Stateless. */
final class JsonValues {
    private JsonValues() {}

    /** What is wrong with a value, and its path below the value that was asked about. */
    private record Fault(String path, String constraint, Object value) {
        private Fault below(String step) {
            return new Fault(step + path, constraint, value);
        }
    }

    /** @throws ContractViolation naming the path of a number that is not finite, or of nesting that is too deep */
    static void requireUsable(String field, Map<String, Object> json) {
        if (json.isEmpty()) {
            return;
        }
        Fault fault = fault(json, 1);
        if (fault != null) {
            throw new ContractViolation(field + fault.path, fault.constraint, fault.value);
        }
    }

    private static Fault fault(Object value, int depth) {
        if (value instanceof Number number) {
            return Double.isFinite(number.doubleValue()) ? null : new Fault("", "must be a finite number", value);
        }
        if (value instanceof Map<?, ?> map) {
            return depth > Leaves.MAXIMUM_DEPTH ? tooDeep(depth) : faultInObject(map, depth);
        }
        if (value instanceof List<?> list) {
            return depth > Leaves.MAXIMUM_DEPTH ? tooDeep(depth) : faultInList(list, depth);
        }
        return null;
    }

    private static Fault tooDeep(int depth) {
        return new Fault("", "must be nested at most " + Leaves.MAXIMUM_DEPTH + " deep", "depth " + depth);
    }

    private static Fault faultInObject(Map<?, ?> map, int depth) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Fault fault = fault(entry.getValue(), depth + 1);
            if (fault != null) {
                return fault.below("." + entry.getKey());
            }
        }
        return null;
    }

    private static Fault faultInList(List<?> list, int depth) {
        for (int i = 0; i < list.size(); i++) {
            Fault fault = fault(list.get(i), depth + 1);
            if (fault != null) {
                return fault.below("[" + i + "]");
            }
        }
        return null;
    }
}
