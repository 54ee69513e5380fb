/** Calls to the four services, as any REST client would make them. */
package io.leeway.cli.client;
