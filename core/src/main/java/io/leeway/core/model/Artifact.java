package io.leeway.core.model;

import io.leeway.core.model.Layout.LinearLayout;
import io.leeway.core.model.Layout.NetworkLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A trained model in one safetensors file: description and tensors that fit each other. Immutable.
 *
 * <p>Reading refuses, with {@link InvalidArtifactException}, whatever could not be served: too large, wrong sizes or types,
 * values that are not finite, tensors that do not fit the layout and the feature specification.
 */
public final class Artifact {
    /** Largest artifact in bytes: what the models topic carries inline. */
    public static final int MAXIMUM_SIZE = 8 << 20;

    private final ModelDescription description;
    private final Map<String, Tensor> tensors;

    private Artifact(ModelDescription description, Map<String, Tensor> tensors) {
        this.description = description;
        this.tensors = tensors;
    }

    /** Checks that the tensors fit the description. */
    public static Artifact of(ModelDescription description, List<Tensor> tensors) {
        Map<String, Tensor> byName = new TreeMap<>();
        for (Tensor tensor : tensors) {
            if (byName.put(tensor.name(), tensor) != null) {
                throw new InvalidArtifactException("must be distinct: tensor=" + tensor.name());
            }
        }
        Map<String, List<Integer>> wanted = shapes(description);
        if (!byName.keySet().equals(wanted.keySet())) {
            throw new InvalidArtifactException(
                    "must be the layout's tensors " + new TreeMap<>(wanted).keySet() + ": tensors=" + byName.keySet());
        }
        wanted.forEach((name, shape) -> {
            if (!byName.get(name).shape().equals(shape)) {
                throw new InvalidArtifactException("must be " + shape + ": tensor=" + name + " shape="
                        + byName.get(name).shape());
            }
        });
        return new Artifact(description, byName);
    }

    /** Reads and checks a file. */
    public static Artifact read(byte[] bytes) {
        if (bytes.length > MAXIMUM_SIZE) {
            throw new InvalidArtifactException("must be <= " + MAXIMUM_SIZE + " bytes: size=" + bytes.length);
        }
        Safetensors.Contents contents = Safetensors.read(bytes);
        ModelDescription description;
        try {
            description = ModelDescription.fromMetadata(contents.metadata());
        } catch (IllegalArgumentException | ArithmeticException | ClassCastException e) {
            throw new InvalidArtifactException("must have readable metadata: " + e.getMessage(), e);
        }
        return of(description, contents.tensors());
    }

    public ModelDescription description() {
        return description;
    }

    /** All tensors, ordered by name. */
    public List<Tensor> tensors() {
        return List.copyOf(tensors.values());
    }

    /** A tensor of the layout. */
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("must be one of " + tensors.keySet() + ": tensor=" + name);
        }
        return tensor;
    }

    /** The same weights under the number that the registry gave. */
    public Artifact withVersion(long version) {
        return new Artifact(description.withVersion(version), tensors);
    }

    /** The safetensors file; refused when larger than {@link #MAXIMUM_SIZE}. */
    public byte[] toBytes() {
        byte[] bytes = Safetensors.write(description.toMetadata(), tensors());
        if (bytes.length > MAXIMUM_SIZE) {
            throw new InvalidArtifactException("must be <= " + MAXIMUM_SIZE + " bytes: size=" + bytes.length);
        }
        return bytes;
    }

    /** SHA-256 of the whole file, in lower-case hexadecimal. */
    public String sha256() {
        return sha256(toBytes());
    }

    /** SHA-256 of any bytes, in lower-case hexadecimal. */
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    /** SHA-256 over names, shapes and values of the tensors alone: equal for equal weights, whenever they were trained. */
    public String weightsSha256() {
        MessageDigest digest = digest();
        for (Tensor tensor : tensors.values()) {
            digest.update((tensor.name() + tensor.shape() + "\n").getBytes(StandardCharsets.UTF_8));
            ByteBuffer data = ByteBuffer.allocate(4 * tensor.data().size()).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < tensor.data().size(); i++) {
                data.putFloat(tensor.data().get(i));
            }
            digest.update(data.array());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Map<String, List<Integer>> shapes(ModelDescription description) {
        int width = description.features().width();
        int outputs = description.outputs();
        Map<String, List<Integer>> shapes = new HashMap<>();
        if (description.layout() instanceof NetworkLayout network) {
            int in = width;
            for (int layer = 0; layer <= network.hidden().size(); layer++) {
                int out = layer < network.hidden().size()
                        ? network.hidden().get(layer)
                        : outputs * network.members() + network.quantiles().size();
                shapes.put("layer" + layer + ".weight", List.of(in, out));
                shapes.put("layer" + layer + ".bias", List.of(out));
                in = out;
            }
        } else if (description.layout() instanceof LinearLayout) {
            shapes.put("weight", List.of(outputs, width));
            shapes.put("bias", List.of(outputs));
        } else if (description.layout() instanceof HashedLayout hashed) {
            shapes.putAll(hashed.shapes());
        }
        return shapes;
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
