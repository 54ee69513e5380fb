/** Answers decisions and predictions, and swaps models while it does; how it talks stands in {@code http} and {@code kafka}. */
package io.leeway.prediction;
