/** Counts of false alarms, delays and power of the drift detectors and tests. */
package io.leeway.benchmarks.drift;
