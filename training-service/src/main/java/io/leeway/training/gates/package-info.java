/** What a candidate must pass before it may become champion; pure. */
package io.leeway.training.gates;
