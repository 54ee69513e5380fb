package io.leeway.simulator.taxi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.DummyRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Reads the rows of a flat Parquet file as plain objects: Long, Double, Boolean, String, or null where a value is absent.
 * Timestamps come as the file's own numbers. No Hadoop is involved.
 */
public final class ParquetRows {

    private ParquetRows() {}

    /**
     * The plain columns of a file, in its order.
     *
     * @param text whether it holds text, not numbers or flags
     * @param unitsPerSecond of a timestamp's numbers, which count since 1970; 0 for a column that is none
     * @param json whether its text is declared to be JSON
     */
    public record PlainColumn(String name, boolean text, long unitsPerSecond, boolean json) {}

    /** Reads which plain columns there are. */
    public static List<PlainColumn> plainColumns(Path file) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            return reader.getFileMetaData().getSchema().getFields().stream()
                    .filter(Type::isPrimitive)
                    .map(field -> new PlainColumn(
                            field.getName(),
                            isText(field),
                            unitsPerSecond(field.getLogicalTypeAnnotation()),
                            field.getLogicalTypeAnnotation()
                                    instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation))
                    .toList();
        } catch (RuntimeException broken) {
            throw new IOException("must be a readable Parquet file: file=" + file + " (" + broken + ")", broken);
        }
    }

    private static boolean isText(Type field) {
        return switch (field.asPrimitiveType().getPrimitiveTypeName()) {
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> true;
            default -> false;
        };
    }

    private static long unitsPerSecond(LogicalTypeAnnotation annotation) {
        if (!(annotation instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation timestamp)) {
            return 0;
        }
        return switch (timestamp.getUnit()) {
            case MILLIS -> 1_000L;
            case MICROS -> 1_000_000L;
            case NANOS -> 1_000_000_000L;
        };
    }

    /**
     * Reads these columns of every row, in file order.
     *
     * @param consumer gets one array for each row, its values in the order of the columns; the array is its own to keep
     * @throws IOException when the file cannot be read, is not Parquet, or lacks a column
     */
    public static void read(Path file, List<String> columns, Consumer<Object[]> consumer) throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder()
                .withCodecFactory(new ParquetCodecs())
                .build();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
            MessageType schema = reader.getFileMetaData().getSchema();
            MessageType wanted = projection(file, schema, columns);
            reader.setRequestedSchema(wanted);
            String createdBy = reader.getFileMetaData().getCreatedBy();
            for (PageReadStore group = reader.readNextRowGroup(); group != null; group = reader.readNextRowGroup()) {
                ColumnReadStoreImpl store = new ColumnReadStoreImpl(
                        group, new DummyRecordConverter(wanted).getRootConverter(), wanted, createdBy);
                List<ColumnReader> readers =
                        wanted.getColumns().stream().map(store::getColumnReader).toList();
                for (long row = 0; row < group.getRowCount(); row++) {
                    consumer.accept(next(readers));
                }
            }
        } catch (RuntimeException broken) {
            // parquet-column reports a broken file by unchecked exceptions of many kinds.
            throw new IOException("must be a readable Parquet file: file=" + file + " (" + broken + ")", broken);
        }
    }

    private static MessageType projection(Path file, MessageType schema, List<String> columns) throws IOException {
        for (String column : columns) {
            if (!schema.containsField(column) || !schema.getType(column).isPrimitive()) {
                throw new IOException("must have the plain column " + column + ": file=" + file);
            }
        }
        return new MessageType(
                schema.getName(), columns.stream().map(schema::getType).toArray(Type[]::new));
    }

    private static Object[] next(List<ColumnReader> readers) {
        Object[] values = new Object[readers.size()];
        for (int i = 0; i < values.length; i++) {
            ColumnReader reader = readers.get(i);
            ColumnDescriptor column = reader.getDescriptor();
            if (reader.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel()) {
                values[i] = value(reader, column);
            }
            reader.consume();
        }
        return values;
    }

    private static Object value(ColumnReader reader, ColumnDescriptor column) {
        return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> (long) reader.getInteger();
            case INT64 -> reader.getLong();
            case FLOAT -> (double) reader.getFloat();
            case DOUBLE -> reader.getDouble();
            case BOOLEAN -> reader.getBoolean();
            default -> reader.getBinary().toStringUsingUTF8();
        };
    }
}
