/** What all services share; nothing here knows of one service. */
package io.leeway.kit;
