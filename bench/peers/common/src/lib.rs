//! What every peer shares: its command line, the two answers and the work
//! behind the second one, so that the peers differ in their HTTP alone.
//!
//! A peer is started as `peer-NAME PORT WORKERS` and listens on loopback.

use std::hint::black_box;
use std::net::{Ipv4Addr, SocketAddr};

/// The answer to `GET /`.
pub const HELLO: &str = "Hello, World!";

/// What a peer is told on its command line.
#[derive(Clone, Copy, Debug)]
pub struct Arguments {
    pub address: SocketAddr,
    pub workers: usize,
}

impl Arguments {
    /// Reads `PORT WORKERS`.
    ///
    /// # Panics
    ///
    /// When one of them is missing or not a number: a peer has nobody to tell
    /// but the script that started it.
    #[must_use]
    pub fn read() -> Self {
        const USAGE: &str = "usage: peer PORT WORKERS";
        let mut words = std::env::args().skip(1);
        let port: u16 = words
            .next()
            .and_then(|word| word.parse().ok())
            .expect(USAGE);
        let workers = words
            .next()
            .and_then(|word| word.parse().ok())
            .expect(USAGE);
        Self {
            address: (Ipv4Addr::LOCALHOST, port).into(),
            workers,
        }
    }
}

/// The answer to `GET /fibonacci`: about half a millisecond of work.
#[must_use]
pub fn fibonacci() -> String {
    format!(
        "Fibonacci(10^6) = {} (with overflow)",
        fibonacci_of(1_000_000)
    )
}

fn fibonacci_of(n: u32) -> u32 {
    let (mut a, mut b) = (0_u32, 1_u32);
    // Without `black_box` the loop would be worked out at compile time.
    for _ in 0..black_box(n) {
        (a, b) = (b, a.wrapping_add(b));
    }
    a
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_sum_is_the_one_that_every_server_must_give() {
        assert_eq!(
            super::fibonacci(),
            "Fibonacci(10^6) = 1884755131 (with overflow)"
        );
    }
}
