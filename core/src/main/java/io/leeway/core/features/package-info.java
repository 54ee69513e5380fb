/** Feature specification and encoding: the one encoder of serving and of training. */
package io.leeway.core.features;
