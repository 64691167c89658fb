//! A URL shortener: short links to long addresses, kept by `SQLite`.
//!
//! `cargo run -p tramline-examples-shortener`, then open `http://127.0.0.1:8080/` in a browser, or
//! `curl -X PUT -d https://www.rust-lang.org/ http://127.0.0.1:8080/rust` and
//! `curl -i http://127.0.0.1:8080/rust`. The database is the file that the variable
//! `SHORTENER_DATABASE` names, or else `shortener.db`.
//!
//! Read on in `link`, what a link is made of; `store`, where links are kept;
//! `site`, what browsers are told; and `pages`, the HTML of it.

mod link;
mod pages;
mod site;
mod store;

use std::error::Error;
use std::path::PathBuf;

use tramline::{PerWorker, State};

use crate::site::Site;
use crate::store::{Store, Stores};

/// What handlers may take by reference. A connection to `SQLite` is used by one
/// thread at a time: each worker has its own, so there is no pool and no lock.
#[derive(State)]
struct Shortener {
    stores: Stores,
}

impl Shortener {
    /// # Errors
    ///
    /// If there is no database and none can be made. Known now, it ends the
    /// program, with a line that says why; later, it is a 500.
    fn new(database: PathBuf) -> Result<Self, Box<dyn Error>> {
        Store::open(&database).map_err(|error| format!("cannot open the database: {error}"))?;
        let open = move || Store::open(&database);
        Ok(Self {
            stores: PerWorker::try_new(open),
        })
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    // Errors go to stderr: a peer that is answered 500 is not told why.
    env_logger::init();
    let database = std::env::var_os("SHORTENER_DATABASE").unwrap_or("shortener.db".into());
    let state = Shortener::new(database.into())?;
    Ok(tramline::run_with(Site, state)?)
}
