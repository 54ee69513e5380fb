/** How traffic is shown: the tables and plots of a report, made from the accounts. */
package io.leeway.simulator.view;
