/** {@code leeway bakeoff}: online policies on data whose answers are known. */
package io.leeway.cli.bakeoff;
