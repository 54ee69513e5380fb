/** Load benchmarks, each with its bare baseline in the same run. */
package io.leeway.cli.bench;
