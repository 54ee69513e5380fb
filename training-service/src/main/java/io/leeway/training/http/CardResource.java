package io.leeway.training.http;

import io.leeway.contracts.rest.ModelCard;
import io.leeway.training.Versions;
import io.leeway.training.WriteCard;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** The card of a version, for programs and for people. */
@Path("/v1/loops/{loop}")
public class CardResource {
    private final WriteCard cards;
    private final Versions versions;

    CardResource(WriteCard cards, Versions versions) {
        this.cards = cards;
        this.versions = versions;
    }

    @GET
    @Path("versions/{version}/card")
    @Operation(summary = "The version's model card: purpose, data, figures by segment, what led to it, limits")
    public ModelCard card(@RestPath String loop, @RestPath long version) {
        return cards.write(loop, version);
    }

    @GET
    @Path("versions/{version}/card.html")
    @Produces(MediaType.TEXT_HTML)
    @Operation(summary = "The model card as a page that needs nothing else")
    public String page(@RestPath String loop, @RestPath long version) {
        ModelCard card = cards.write(loop, version);
        Object losses = versions.find(loop, version)
                .map(found -> found.metrics().get("lossCurve"))
                .orElse(null);
        return CardPage.of(card, losses);
    }
}
