/** {@code leeway inspect}: everything known of one decision. */
package io.leeway.cli.inspect;
