package io.leeway.cli.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Writes flat rows, maps from column to stored value (Long, Double, Boolean or String), to a Parquet file. No Hadoop is involved. */
final class ParquetTable {
    private ParquetTable() {}

    static ParquetWriter<Map<String, Object>> open(Path file, MessageType schema) throws IOException {
        return new Builder(new LocalOutputFile(file), schema)
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .build();
    }

    private static final class Builder extends ParquetWriter.Builder<Map<String, Object>, Builder> {
        private final MessageType schema;

        Builder(OutputFile file, MessageType schema) {
            super(file);
            this.schema = schema;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<Map<String, Object>> getWriteSupport(Configuration configuration) {
            return new Support(schema);
        }

        @Override
        protected WriteSupport<Map<String, Object>> getWriteSupport(ParquetConfiguration configuration) {
            return new Support(schema);
        }
    }

    private static final class Support extends WriteSupport<Map<String, Object>> {
        private final MessageType schema;
        private RecordConsumer consumer;

        Support(MessageType schema) {
            this.schema = schema;
        }

        @Override
        public WriteContext init(Configuration configuration) {
            return new WriteContext(schema, Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(schema, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer recordConsumer) {
            this.consumer = recordConsumer;
        }

        @Override
        public void write(Map<String, Object> row) {
            consumer.startMessage();
            int index = 0;
            for (Type field : schema.getFields()) {
                Object value = row.get(field.getName());
                if (value != null) {
                    consumer.startField(field.getName(), index);
                    value(value);
                    consumer.endField(field.getName(), index);
                }
                index++;
            }
            consumer.endMessage();
        }

        private void value(Object value) {
            if (value instanceof Long number) {
                consumer.addLong(number);
            } else if (value instanceof Double number) {
                consumer.addDouble(number);
            } else if (value instanceof Boolean flag) {
                consumer.addBoolean(flag);
            } else {
                consumer.addBinary(Binary.fromString((String) value));
            }
        }
    }
}
