/** Records that could not be used: lists them, shows them, and gives them another try. */
package io.leeway.cli.deadletters;
