package io.leeway.contracts;

/** A value that breaks the contract: names the field, the constraint, and the value that was given. */
public final class ContractViolation extends IllegalArgumentException {
    private final String field;
    private final String constraint;

    public ContractViolation(String field, String constraint, Object value) {
        super(constraint + ": " + field + "=" + shortened(value));
        this.field = field;
        this.constraint = constraint;
    }

    public String field() {
        return field;
    }

    public String constraint() {
        return constraint;
    }

    private static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
