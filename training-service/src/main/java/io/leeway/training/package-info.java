/** Training, gates and the registry: what the service does. How it talks lies in http, kafka and store; DL4J in dl4j. */
package io.leeway.training;
