package io.leeway.cli.drift;

/**
 * One thing that is not as it was.
 *
 * @param check its kind, named as SageMaker Model Monitor names constraint violations
 * @param column null for the whole table
 * @param severity low, medium or high, by the effect
 * @param words for people
 * @param effect in [0, 1]
 * @param pValue NaN where the finding is no matter of chance
 */
record Finding(String check, String column, Severity severity, String words, double effect, double pValue) {
    enum Severity {
        LOW,
        MEDIUM,
        HIGH;

        static Severity of(double effect) {
            return effect >= 0.3 ? HIGH : effect >= 0.1 ? MEDIUM : LOW;
        }
    }

    static final String DATA_TYPE = "data_type_check";
    static final String COMPLETENESS = "completeness_check";
    static final String DRIFT = "baseline_drift_check";
    static final String MISSING_COLUMN = "missing_column_check";
    static final String EXTRA_COLUMN = "extra_column_check";
    static final String CATEGORICAL_VALUES = "categorical_values_check";

    /** SageMaker has no such kind. */
    static final String DUPLICATES = "duplicate_rows_check";

    static Finding of(String check, String column, String words, double effect, double pValue) {
        return new Finding(check, column, Severity.of(effect), words, effect, pValue);
    }
}
