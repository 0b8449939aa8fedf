package chat.parley.daemon.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/// A few words of JDBC that are said often. Transactions are opened by hand: the driver's own begin
/// the next one as soon as one ends, which would hold the write lock while nobody writes.
final class Sql {

    /// What is done inside a transaction.
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private Sql() {}

    static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// The one number that this asks for; 0 if there is no row.
    static long number(Statement statement, String sql) throws SQLException {
        try (var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /// The one text that this asks for; empty if there is no row.
    static String text(Statement statement, String sql) throws SQLException {
        try (var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    /// The first number whose row is not older; `high` if all are. Times grow with the numbers, so
    /// it is found by halving; where a number has no row the next one counts.
    ///
    /// @param next asks for the number and the time of the first row from a number on
    /// @param parameter which parameter of it that number is
    static long firstFrom(PreparedStatement next, int parameter, long low, long high, long millis)
            throws SQLException {
        var from = low;
        var to = high;
        while (from < to) {
            var middle = from + (to - from) / 2;
            next.setLong(parameter, middle);
            try (var row = next.executeQuery()) {
                if (!row.next() || row.getLong(2) >= millis) {
                    to = middle;
                } else {
                    from = row.getLong(1) + 1;
                }
            }
        }
        return from;
    }

    /// A sentence for the terminal.
    static String said(Object file, SQLException problem) {
        return file + ": " + problem.getMessage();
    }

    /// Does the work in one transaction that may write. When it fails nothing was done, as long as
    /// the caller closes the connection, which ends an open transaction.
    static <T> T transaction(Connection connection, Work<T> work) throws SQLException {
        run(connection, "BEGIN IMMEDIATE");
        var result = work.on(connection);
        run(connection, "COMMIT");
        return result;
    }
}
