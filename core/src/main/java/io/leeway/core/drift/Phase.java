package io.leeway.core.drift;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** A rhythm of the clock on the wall, and where in it a moment lies: what is normal at one phase need not be at another. */
public enum Phase {
    /** 24 phases. */
    HOUR_OF_DAY(24),
    /** 48 phases: the hours of working days, then those of Saturdays and Sundays. */
    HOUR_AND_WEEKEND(48),
    /** 168 phases, from Monday's first hour on. */
    HOUR_OF_WEEK(168);

    private final int phases;

    Phase(int phases) {
        this.phases = phases;
    }

    public int phases() {
        return phases;
    }

    /** In [0, phases). */
    public int of(Instant moment, ZoneId zone) {
        ZonedDateTime time = moment.atZone(zone);
        boolean weekend = time.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
        return switch (this) {
            case HOUR_OF_DAY -> time.getHour();
            case HOUR_AND_WEEKEND -> time.getHour() + (weekend ? 24 : 0);
            case HOUR_OF_WEEK -> time.getHour() + 24 * (time.getDayOfWeek().getValue() - 1);
        };
    }
}
