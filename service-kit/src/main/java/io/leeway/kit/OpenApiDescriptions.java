package io.leeway.kit;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

/**
 * Gives the fields in a service's OpenAPI document the descriptions that stand at the records, so that each is written once. Works
 * when the service is built.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class OpenApiDescriptions implements OASFilter {
    private static final DotName DESCRIPTION = DotName.createSimple(JsonPropertyDescription.class);
    private static final DotName FURTHER_FIELDS = DotName.createSimple(JsonAnyGetter.class);

    private final Map<String, ClassInfo> records = new HashMap<>();

    public OpenApiDescriptions(IndexView index) {
        for (ClassInfo type : index.getKnownClasses()) {
            if (type.isRecord() && type.name().packagePrefix().startsWith("io.leeway")) {
                records.put(type.simpleName(), type);
            }
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getComponents() == null || document.getComponents().getSchemas() == null) {
            return;
        }
        document.getComponents().getSchemas().forEach((name, schema) -> {
            ClassInfo type = records.get(name);
            if (type != null && schema.getProperties() != null) {
                describe(type, schema);
            }
        });
    }

    private static void describe(ClassInfo type, Schema schema) {
        for (AnnotationInstance annotation : type.annotations(FURTHER_FIELDS)) {
            if (annotation.target().kind() == AnnotationTarget.Kind.RECORD_COMPONENT) {
                schema.removeProperty(annotation.target().asRecordComponent().name());
            } else if (annotation.target().kind() == AnnotationTarget.Kind.FIELD) {
                schema.removeProperty(annotation.target().asField().name());
            }
        }
        for (AnnotationInstance annotation : type.annotations(DESCRIPTION)) {
            if (annotation.target().kind() == AnnotationTarget.Kind.FIELD) {
                Schema property =
                        schema.getProperties().get(annotation.target().asField().name());
                if (property != null) {
                    property.setDescription(annotation.value().asString());
                }
            }
        }
    }
}
