// What is in a newtype must itself be a parameter, or `FromStr` where that is
// said: shown at the type.

use std::net::SocketAddr;

use tramline::{FromParam, ToParam};

#[derive(FromParam)]
struct Peer(SocketAddr);

#[derive(ToParam)]
struct Written(SocketAddr);

#[derive(FromParam)]
struct Parsed(#[param(from_str)] Vec<u8>);

#[derive(FromParam)]
#[param(from_str)]
struct Unparsed;

fn main() {}
