package io.leeway.training.dl4j;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** What ND4J computes on. The first call loads its native code. */
final class Backend {
    private Backend() {}

    /** Such as {@code cpu, 1 thread, AVX2}. */
    static String name() {
        Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
        return environment.getProperty("backend", "unknown") + ", BLAS "
                + environment.getProperty("blas.vendor", "unknown");
    }

    /** Threads that native operations use; {@link #name} must have been called, which loads them. */
    static int threads() {
        return NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
    }

    static Map<String, String> libraryVersions() {
        Map<String, String> versions = new TreeMap<>();
        versions.put("deeplearning4j", version(MultiLayerNetwork.class));
        versions.put("nd4j", version(Nd4j.class));
        return versions;
    }

    private static String version(Class<?> type) {
        String source = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        String jar = source.substring(source.lastIndexOf('/') + 1);
        return jar.replaceAll("^.*?-(\\d[^/]*)\\.jar$", "$1");
    }
}
