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

    private static final String CUDA = "org.nd4j.linalg.jcublas.JCublasBackend";

    /**
     * Such as {@code dl4j-cpu, CPU, BLAS OPENBLAS} or {@code dl4j-cuda, NVIDIA A10G (compute capability 8.6)}.
     *
     * @throws IllegalStateException if the build is for graphics processors and there is none that it can use
     */
    static String name() {
        String device = hasCuda() ? CudaDevice.require(CudaDevice.present()).words() : null;
        Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
        return device != null
                ? "dl4j-cuda, " + device
                : "dl4j-cpu, " + environment.getProperty("backend", "unknown") + ", BLAS "
                        + environment.getProperty("blas.vendor", "unknown");
    }

    private static boolean hasCuda() {
        try {
            Class.forName(CUDA, false, Backend.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
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
