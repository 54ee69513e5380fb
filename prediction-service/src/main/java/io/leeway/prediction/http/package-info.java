/** The REST side: maps requests and answers, nothing else. */
package io.leeway.prediction.http;
