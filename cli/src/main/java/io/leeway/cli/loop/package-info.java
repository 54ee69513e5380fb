/** {@code leeway loop}: loops made, changed, frozen and deleted by hand. */
package io.leeway.cli.loop;
