package io.leeway.training.kafka;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.leeway.contracts.Json;
import java.io.IOException;

/**
 * Loop and revision of a feedback record, without reading the rest, which is most of it: our own writers put them first.
 *
 * @param loop or null if the record is no feedback
 * @param revision or 0 if there is none
 */
record FeedbackPeek(String loop, int revision) {
    private static final FeedbackPeek NOTHING = new FeedbackPeek(null, 0);

    static FeedbackPeek at(byte[] value) {
        if (value == null) {
            return NOTHING;
        }
        String loop = null;
        int revision = 0;
        try (JsonParser parser = Json.mapper().getFactory().createParser(value)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return NOTHING;
            }
            while ((loop == null || revision == 0) && parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken token = parser.nextToken();
                if (field.equals("loop") && token == JsonToken.VALUE_STRING) {
                    loop = parser.getText();
                } else if (field.equals("revision") && token == JsonToken.VALUE_NUMBER_INT) {
                    revision = parser.getIntValue();
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            return new FeedbackPeek(loop, revision);
        }
        return new FeedbackPeek(loop, revision);
    }
}
