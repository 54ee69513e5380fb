/** Drift of files: one table against another, and a detector over a stream of numbers. */
package io.leeway.cli.drift;
