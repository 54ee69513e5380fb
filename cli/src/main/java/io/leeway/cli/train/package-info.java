/** Training offline, by the service's own trainer. */
package io.leeway.cli.train;
