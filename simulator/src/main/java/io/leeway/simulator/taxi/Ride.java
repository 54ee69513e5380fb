package io.leeway.simulator.taxi;

import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One ride of a green taxi.
 *
 * @param pickup wall-clock time in New York
 * @param pickupZone the taxi zone where it began
 * @param dropoffZone the taxi zone where it ended
 * @param distance miles by the meter, as recorded: now and then thousands
 * @param passengers as the driver typed it, if at all
 * @param vendor who made the meter
 * @param dispatched whether it was ordered rather than hailed; such rides miss most columns
 * @param minutes from pick-up to drop-off: what is to be predicted
 */
public record Ride(
        LocalDateTime pickup,
        int pickupZone,
        int dropoffZone,
        double distance,
        OptionalInt passengers,
        int vendor,
        boolean dispatched,
        double minutes) {

    /** Above this a distance within an hour's ride is a broken meter. */
    private static final double LONGEST_MILES = 100;

    public Ride {
        if (!Double.isFinite(distance) || !Double.isFinite(minutes)) {
            throw new IllegalArgumentException("must be finite: distance=" + distance + ", minutes=" + minutes);
        }
    }

    /** Pick-up and drop-off zone together, as {@code 74-75}. */
    public String zonePair() {
        return pickupZone + "-" + dropoffZone;
    }

    /**
     * What is known when the ride is ordered, as JSON. A distance that no ride can have is absent, as a careful client
     * would send it; zones are names, not numbers.
     */
    public Map<String, Object> context() {
        boolean plausible = distance > 0 && distance <= LONGEST_MILES;
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("pickupZone", Integer.toString(pickupZone));
        context.put("dropoffZone", Integer.toString(dropoffZone));
        context.put("distance", plausible ? distance : null);
        context.put("logDistance", plausible ? Math.round(1e4 * Math.log(distance)) / 1e4 : null);
        context.put("hour", pickup.getHour() + Math.round(pickup.getMinute() / 0.6) / 100.0);
        context.put("hourOfDay", Integer.toString(pickup.getHour()));
        context.put("weekday", pickup.getDayOfWeek().name());
        context.put("passengers", passengers.isPresent() ? passengers.getAsInt() : null);
        context.put("vendor", Integer.toString(vendor));
        context.put("dispatched", dispatched);
        return context;
    }
}
