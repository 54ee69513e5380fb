package io.leeway.kit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leeway.contracts.Json;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** REST reads and writes JSON by the same rules as Kafka does. */
public class JsonSetup {
    @Produces
    @Singleton
    ObjectMapper mapper() {
        return Json.mapper();
    }
}
