/** {@code leeway import} and {@code leeway export}: history in and out, in the formats that people have. */
package io.leeway.cli.exchange;
