/** Simulated traffic as a program of its own. */
package io.leeway.simulator;
