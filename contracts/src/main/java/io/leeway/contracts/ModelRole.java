package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A role (alias) that a model version can hold in a loop. */
public enum ModelRole {
    @JsonProperty("champion")
    CHAMPION("champion"),
    @JsonProperty("challenger")
    CHALLENGER("challenger"),
    @JsonProperty("shadow")
    SHADOW("shadow"),
    /** The version that a freeze pins while another one is champion. */
    @JsonProperty("pinned")
    PINNED("pinned");

    private final String word;

    ModelRole(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** Key of the models topic. */
    public String key(String loop) {
        return loop + "/" + word;
    }

    /** @throws ContractViolation if there is no such role */
    public static ModelRole of(String word) {
        for (ModelRole role : values()) {
            if (role.word.equals(word)) {
                return role;
            }
        }
        throw new ContractViolation("role", "must be champion, challenger, shadow or pinned", word);
    }
}
