/** HTTP: events, feedback and imports. */
package io.leeway.feedback.http;
