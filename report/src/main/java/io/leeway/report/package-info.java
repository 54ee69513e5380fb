/** What people read afterwards: tables, progress, and the HTML report. */
package io.leeway.report;
