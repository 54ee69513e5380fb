/** {@code backup} and {@code restore}: the registry in a file, and back. */
package io.leeway.cli.backup;
