/** {@code leeway pipeline}: the startup and the retraining pipeline, whole or one step at a time; {@code leeway simulate}. */
package io.leeway.cli.pipeline;
