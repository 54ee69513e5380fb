package io.leeway.feedback.store;

import io.leeway.contracts.Json;

/** Enumerations are stored by the word that they have in JSON. */
final class Words {
    private Words() {}

    static String of(Enum<?> value) {
        return Json.mapper().convertValue(value, String.class);
    }
}
