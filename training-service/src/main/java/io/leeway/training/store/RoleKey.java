package io.leeway.training.store;

import java.io.Serializable;
import java.util.Objects;

/** Primary key of roles; a class, because the persistence API wants a no-argument constructor. */
class RoleKey implements Serializable {
    private static final long serialVersionUID = 1L;

    String loop;
    String role;

    RoleKey() {}

    RoleKey(String loop, String role) {
        this.loop = loop;
        this.role = role;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RoleKey that && Objects.equals(loop, that.loop) && Objects.equals(role, that.role);
    }

    @Override
    public int hashCode() {
        return Objects.hash(loop, role);
    }
}
