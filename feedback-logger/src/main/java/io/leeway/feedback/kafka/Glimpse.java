package io.leeway.feedback.kafka;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.leeway.contracts.Json;
import java.io.IOException;

/**
 * What can be made out of a record that cannot be read: whose it would have been.
 *
 * @param loop empty where it cannot be made out
 * @param eventId empty where it cannot be made out
 */
record Glimpse(String loop, String eventId) {
    private static final int LONGEST = 200;

    static Glimpse of(byte[] value) {
        String loop = "";
        String eventId = "";
        if (value == null) {
            return new Glimpse(loop, eventId);
        }
        try (JsonParser json = Json.mapper().getFactory().createParser(value)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String field = json.currentName();
                    boolean text = json.nextToken() == JsonToken.VALUE_STRING;
                    if (text && field.equals("loop")) {
                        loop = storable(json.getText());
                    } else if (text && field.equals("eventId")) {
                        eventId = storable(json.getText());
                    }
                    json.skipChildren();
                }
            }
        } catch (IOException endsHere) {
            return new Glimpse(loop, eventId);
        }
        return new Glimpse(loop, eventId);
    }

    private static String storable(String text) {
        boolean plain =
                text.length() <= LONGEST && text.chars().allMatch(c -> c >= ' ' && !Character.isSurrogate((char) c));
        return plain ? text : "";
    }
}
