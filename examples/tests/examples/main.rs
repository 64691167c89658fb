//! Runs every example as its user would.

mod events;
mod exhaustion;
mod hello;
mod modules;
mod program;
mod state;
mod streaming;
