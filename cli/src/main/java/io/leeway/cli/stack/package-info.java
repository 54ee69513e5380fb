/** {@code leeway up}, {@code down}, {@code status}, {@code logs}: the local stack. */
package io.leeway.cli.stack;
