/** Decision logs of other systems and of our own, and the comparison of a policy with the one that logged. */
package io.leeway.core.logs;
