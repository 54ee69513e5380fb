/** How the drift monitor posts drift events to addresses that a loop names and its operator allows. */
package io.leeway.drift.webhook;
