/** A small strict JSON for the metadata inside artifacts; core sees no JSON library. */
package io.leeway.core.json;
