package io.leeway.drift.kafka;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the native memory of all stores of this process together, where the default is 50 MB of cache and 48 MB of buffers for
 * each partition.
 */
public final class SmallRocks implements RocksDBConfigSetter {
    private static final long CACHE_BYTES = 32L << 20;
    private static final long BUFFER_BYTES = 16L << 20;
    private static final Cache CACHE = new LRUCache(CACHE_BYTES);
    private static final WriteBufferManager BUFFERS = new WriteBufferManager(BUFFER_BYTES, CACHE);

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        options.setWriteBufferManager(BUFFERS);
        options.setWriteBufferSize(4L << 20);
        options.setMaxWriteBufferNumber(2);
        options.setTableFormatConfig(table);
    }

    @Override
    public void close(String store, Options options) {
        // Cache and buffers are shared by all stores and live as long as the process.
    }
}
