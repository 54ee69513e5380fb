/** Profiles, two-sample tests, sequential detectors, and control of false alarms. */
package io.leeway.core.drift;
