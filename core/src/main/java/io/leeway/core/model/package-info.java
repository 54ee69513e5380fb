/** The artifact format (safetensors), provenance, and the plain-Java forward pass. */
package io.leeway.core.model;
