/** Drives a world's traffic through a prediction service, and keeps an account of it. */
package io.leeway.simulator.traffic;
