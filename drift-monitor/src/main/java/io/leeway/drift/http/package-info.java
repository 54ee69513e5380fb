/** What the drift monitor answers over REST. */
package io.leeway.drift.http;
