//! Runs every example as its user would.

mod hello;
mod modules;
mod program;
