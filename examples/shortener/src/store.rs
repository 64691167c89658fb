//! Where links are kept: a table of `SQLite`, in a file that all workers open.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Result, Row};
use tramline::PerWorker;

use crate::link::{Code, Target};

/// One for each worker, opened when it is first asked for.
pub(crate) type Stores = PerWorker<Store, rusqlite::Error>;

/// The connection of one worker. Statements are prepared once, and cached in it.
/// `query_one` runs one to its end, where what it changes is committed.
pub(crate) struct Store(Connection);

/// One row, as pages show it.
pub(crate) struct Link {
    pub(crate) code: Code,
    pub(crate) target: Target,
    pub(crate) visits: i64,
}

/// A target has one code that was made for it; those that someone chose come on
/// top.
const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS links (
        code TEXT PRIMARY KEY,
        target TEXT NOT NULL,
        chosen INTEGER NOT NULL,
        visits INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX IF NOT EXISTS made ON links (target) WHERE NOT chosen;
";

impl Store {
    /// Opens the database, and makes it if there is none.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let connection = Connection::open(path)?;
        // Several workers write: one waits for the other, for so long at most.
        connection.busy_timeout(Duration::from_secs(5))?;
        // With a log ahead of the file, readers wait for nobody; and a count that
        // is lost with the power is no reason to wait for the disk.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.execute_batch(SCHEMA)?;
        Ok(Self(connection))
    }

    /// The code that was made for this target, now or before: 40 random bits.
    pub(crate) fn shorten(&self, target: &Target) -> Result<Code> {
        self.0
            .prepare_cached(
                "INSERT INTO links (code, target, chosen) VALUES (lower(hex(randomblob(5))), ?1, 0)
                 ON CONFLICT (target) WHERE NOT chosen DO UPDATE SET target = target
                 RETURNING code",
            )?
            .query_one([target], |row| row.get(0))
    }

    /// Gives a target a code that someone chose. False if it is taken.
    pub(crate) fn choose(&self, code: &Code, target: &Target) -> Result<bool> {
        let rows = self
            .0
            .prepare_cached(
                "INSERT INTO links (code, target, chosen) VALUES (?1, ?2, 1)
                 ON CONFLICT (code) DO UPDATE SET target = target WHERE target = excluded.target",
            )?
            .execute((code, target))?;
        Ok(rows > 0)
    }

    /// Where a code leads, counted: one statement, so that no visit is lost. The
    /// database has one writer at a time, so a second worker makes this no faster;
    /// where that matters, count in memory, and write now and then.
    pub(crate) fn visit(&self, code: &Code) -> Result<Option<Target>> {
        self.0
            .prepare_cached(
                "UPDATE links SET visits = visits + 1 WHERE code = ?1 RETURNING target",
            )?
            .query_one([code], |row| row.get(0))
            .optional()
    }

    pub(crate) fn link(&self, code: &Code) -> Result<Option<Link>> {
        self.0
            .prepare_cached("SELECT code, target, visits FROM links WHERE code = ?1")?
            .query_one([code], link)
            .optional()
    }

    /// Those that are visited most.
    pub(crate) fn favourites(&self) -> Result<Vec<Link>> {
        self.0
            .prepare_cached(
                "SELECT code, target, visits FROM links ORDER BY visits DESC, code LIMIT 100",
            )?
            .query_map([], link)?
            .collect()
    }
}

fn link(row: &Row<'_>) -> Result<Link> {
    Ok(Link {
        code: row.get(0)?,
        target: row.get(1)?,
        visits: row.get(2)?,
    })
}

impl ToSql for Code {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(self.to_string().into())
    }
}

impl FromSql for Code {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(unexpected)
    }
}

impl ToSql for Target {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(self.to_string().into())
    }
}

impl FromSql for Target {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(unexpected)
    }
}

/// Somebody else wrote to the database.
fn unexpected(why: &'static str) -> FromSqlError {
    FromSqlError::Other(why.into())
}
