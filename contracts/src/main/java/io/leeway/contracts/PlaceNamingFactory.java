package io.leeway.contracts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Makes parsers that say where a document is nested too deep, which Jackson's do not. Those of streams, that is of bodies over HTTP: bytes
 * can be read once more instead, and cost nothing as long as they are fine.
 */
final class PlaceNamingFactory extends JsonFactory {
    private static final long serialVersionUID = 1;
    private static final int STEPS_NAMED = 8;

    PlaceNamingFactory(JsonFactoryBuilder builder) {
        super(builder);
    }

    private PlaceNamingFactory(PlaceNamingFactory source, ObjectCodec codec) {
        super(source, codec);
    }

    @Override
    public JsonFactory copy() {
        return new PlaceNamingFactory(this, null);
    }

    @Override
    protected JsonParser _createParser(InputStream in, IOContext context) throws IOException {
        return new PlaceNaming(super._createParser(in, context));
    }

    /** A document that is nested too deep, and where. */
    static final class TooDeepException extends StreamConstraintsException {
        private static final long serialVersionUID = 1;
        private final String path;

        TooDeepException(String path, StreamConstraintsException cause) {
            super(cause.getOriginalMessage());
            initCause(cause);
            this.path = path;
        }

        String path() {
            return path;
        }
    }

    private static final class PlaceNaming extends JsonParserDelegate {
        PlaceNaming(JsonParser parser) {
            super(parser);
        }

        @Override
        public JsonToken nextToken() throws IOException {
            try {
                return delegate.nextToken();
            } catch (StreamConstraintsException e) {
                throw named(e);
            }
        }

        @Override
        public JsonToken nextValue() throws IOException {
            try {
                return delegate.nextValue();
            } catch (StreamConstraintsException e) {
                throw named(e);
            }
        }

        @Override
        public JsonParser skipChildren() throws IOException {
            try {
                delegate.skipChildren();
                return this;
            } catch (StreamConstraintsException e) {
                throw named(e);
            }
        }

        private StreamConstraintsException named(StreamConstraintsException e) {
            return JsonFault.isTooDeep(e) ? new TooDeepException(path(getParsingContext()), e) : e;
        }
    }

    /** The names and indices that lead to a place; of a deep one the first. */
    static String path(JsonStreamContext at) {
        Deque<JsonStreamContext> contexts = new ArrayDeque<>();
        for (JsonStreamContext each = at; each != null && !each.inRoot(); each = each.getParent()) {
            contexts.push(each);
        }
        StringBuilder path = new StringBuilder();
        int steps = 0;
        for (JsonStreamContext each : contexts) {
            if (steps++ == STEPS_NAMED) {
                return path.append("...").toString();
            }
            if (each.inArray()) {
                path.append('[').append(each.getCurrentIndex()).append(']');
            } else if (each.hasCurrentName()) {
                path.append(path.isEmpty() ? "" : ".").append(each.getCurrentName());
            }
        }
        return path.toString();
    }
}
