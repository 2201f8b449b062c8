package dev.wrought.eval.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** An empty store in memory, of its own. */
public final class TestDatabase {
  private final JdbcConnectionPool pool =
      JdbcConnectionPool.create(
          "jdbc:h2:mem:%s;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1"
              .formatted(UUID.randomUUID()),
          "sa",
          "");

  public TestDatabase() {
    execute("runscript from 'classpath:db/migration/V1__events.sql'");
    execute("runscript from 'classpath:db/migration/V2__store_identity.sql'");
    execute("runscript from 'classpath:db/migration/V3__newest_step.sql'");
  }

  public DataSource dataSource() {
    return pool;
  }

  public void execute(String sql) {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Rows as lines of text. */
  public List<String> rows(String sql) {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      ResultSetMetaData columns = row.getMetaData();
      List<String> result = new ArrayList<>();
      while (row.next()) {
        StringBuilder line = new StringBuilder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          line.append(i == 1 ? "" : "|").append(row.getString(i));
        }
        result.add(line.toString());
      }
      return result;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** All that the store knows, apart from the order in which it learned it. */
  public List<String> contents() {
    List<String> result = new ArrayList<>();
    result.addAll(
        rows(
            "select run_uid, name, first_time, last_time, epoch, parameters, recipe from run order by run_uid"));
    for (String table :
        List.of("step", "validation", "checkpoint", "lifecycle", "gap", "evaluation")) {
      List<String> columns =
          rows(
              "select column_name from information_schema.columns where table_name = '%s' and column_name not in ('feed', 'run_id') order by ordinal_position"
                  .formatted(table));
      String list = "t." + String.join(", t.", columns);
      rows("select '%s', r.run_uid, %s from %s t join run r on r.run_id = t.run_id order by r.run_uid, %s"
              .formatted(table, list, table, list))
          .forEach(result::add);
    }
    rows("select name, task, metric, run_uid, l.epoch, step, event_time from latest l join run using (run_id) order by name, task, metric"
            .replace("select name", "select l.name")
            .replace("order by name", "order by l.name"))
        .forEach(result::add);
    return result;
  }
}
