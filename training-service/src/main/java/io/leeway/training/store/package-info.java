/** The PostgreSQL edge: Panache repositories behind the root's interfaces. */
package io.leeway.training.store;
