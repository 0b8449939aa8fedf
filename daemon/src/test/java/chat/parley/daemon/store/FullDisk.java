package chat.parley.daemon.store;

import java.sql.SQLException;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// A disk that does not take some change: for whoever makes it, the database says so.
final class FullDisk {

    private final Database database;

    private FullDisk(Database database) {
        this.database = database;
    }

    /// @param change which rows are not taken, as a trigger has it: `UPDATE ON messages WHEN …`
    static FullDisk before(Database database, String change) throws SQLException {
        var disk = new FullDisk(database);
        disk.run(
                "CREATE TRIGGER full BEFORE "
                        + change
                        + " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
        return disk;
    }

    /// From now on it takes everything.
    void hasRoomAgain() throws SQLException {
        run("DROP TRIGGER full");
    }

    private void run(String sql) throws SQLException {
        try (var connection = database.open(SynchronousMode.NORMAL)) {
            Sql.run(connection, sql);
        }
    }
}
