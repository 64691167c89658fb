//! Runs every example as its user would.

mod blocking;
mod errors;
mod events;
mod exhaustion;
mod guards;
mod hello;
mod modules;
mod program;
mod shortener;
mod state;
mod streaming;
