//! Runs every example as its user would.

mod exhaustion;
mod hello;
mod modules;
mod program;
mod state;
