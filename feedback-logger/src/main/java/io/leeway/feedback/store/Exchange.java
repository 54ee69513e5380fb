package io.leeway.feedback.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Puts the tables of a rebuild, or its rows of one loop, in the place of the live ones. Stateless. */
final class Exchange {
    private Exchange() {}

    static List<Conditions> all(String schema, String liveRows) {
        List<String> tables = new ArrayList<>(Tables.PARTITIONED);
        tables.add("event");
        tables.add("landed");
        List<Conditions> statements = new ArrayList<>();
        statements.add(new Conditions("alter view projection.newest_feedback set schema " + liveRows));
        tables.forEach(
                table -> statements.add(new Conditions("alter table projection." + table + " set schema " + liveRows)));
        tables.forEach(table ->
                statements.add(new Conditions("alter table " + schema + "." + table + " set schema projection")));
        statements.add(new Conditions("alter view " + schema + ".newest_feedback set schema projection"));
        statements.add(new Conditions("update projection.generation set number = number + 1, rows_schema = ?", schema));
        return statements;
    }

    static List<Conditions> one(String schema, String loop) {
        List<String> tables = new ArrayList<>(Tables.PARTITIONED);
        tables.add("event");
        List<Conditions> statements = new ArrayList<>();
        statements.add(
                new Conditions("select make_week('projection', (select rows_schema from projection.generation), week)"
                        + " from (select distinct week from " + schema + ".event) weeks"));
        tables.forEach(
                table -> statements.add(new Conditions("delete from projection." + table + " where loop = ?", loop)));
        tables.forEach(table -> statements.add(new Conditions(
                "insert into projection." + table + " select * from " + schema + "." + table + " where loop = ?",
                loop)));
        return statements;
    }

    /** All of them in one transaction. */
    static void run(Connection connection, List<Conditions> statements) throws SQLException {
        PatientChange.run(connection, transaction -> {
            for (Conditions statement : statements) {
                try (var prepared = statement.prepare(transaction)) {
                    prepared.execute();
                }
            }
            return statements.size();
        });
    }
}
