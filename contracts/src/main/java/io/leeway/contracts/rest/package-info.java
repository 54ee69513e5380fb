/** The bodies of REST calls that are not events themselves. */
package io.leeway.contracts.rest;
