/** Off-policy evaluation from the command line. */
package io.leeway.cli.evaluate;
