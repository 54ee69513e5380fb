/** PostgreSQL: rows are written in batches through JDBC and read through Panache. Entities stay in here. */
package io.leeway.feedback.store;
