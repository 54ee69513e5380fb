/** {@code rebuild}: the database's projection, read again from Kafka. */
package io.leeway.cli.rebuild;
