//! What can be set about a server, and where from.
//!
//! Owns the settings with their defaults, and their names in the environment
//! and among the arguments. Refuses to read either itself: it is handed a
//! look-up and an iterator, so every rule is tested without a process.
//! `server` fills it and starts what it says.

use core::time::Duration;
use std::ffi::OsString;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, ToSocketAddrs};

use crate::error::Error;

/// The settings of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Config {
    /// As given: an address or a host name with a port, or only a port.
    pub(crate) listen: String,
    /// How many workers; `None` for one per core that the process may use.
    pub(crate) threads: Option<usize>,
    /// How long connections may go on after the order to stop.
    pub(crate) shutdown_grace: Duration,
    /// Whether to print the routes instead of serving them.
    pub(crate) only_routes: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            threads: None,
            shutdown_grace: Duration::from_secs(10),
            only_routes: false,
        }
    }
}

/// One setting, with its names outside the program.
struct Setting {
    variable: &'static str,
    argument: &'static str,
    /// What its value looks like, for messages.
    value: &'static str,
    /// `None` if it does not parse.
    set: fn(&mut Config, &str) -> Option<()>,
}

/// The argument without a value: what to do, and not how. It has no variable,
/// since an environment in which no server serves is of no use.
const ROUTES: &str = "--routes";

const SETTINGS: [Setting; 3] = [
    Setting {
        variable: "TRAMLINE_LISTEN",
        argument: "--listen",
        value: "ADDRESS:PORT",
        set: |config, value| {
            // Whether it is one is found out when the server starts, as for
            // an address that the program gives.
            config.listen = (!value.is_empty()).then(|| value.to_owned())?;
            Some(())
        },
    },
    Setting {
        variable: "TRAMLINE_THREADS",
        argument: "--threads",
        value: "NUMBER",
        set: |config, value| {
            config.threads = Some(whole_number(value)?.try_into().ok()?);
            Some(())
        },
    },
    Setting {
        variable: "TRAMLINE_SHUTDOWN_GRACE",
        argument: "--shutdown-grace",
        value: "SECONDS",
        set: |config, value| {
            config.shutdown_grace = Duration::from_secs(whole_number(value)?.into());
            Some(())
        },
    },
];

impl Config {
    /// Takes what the environment sets.
    pub(crate) fn read_env(
        &mut self,
        variable: impl Fn(&str) -> Option<OsString>,
    ) -> Result<(), Error> {
        for setting in &SETTINGS {
            if let Some(value) = variable(setting.variable) {
                self.set(setting, setting.variable, &value.to_string_lossy())?;
            }
        }
        Ok(())
    }

    /// Takes what the arguments, without the program's name, set: `--name
    /// value` or `--name=value`.
    pub(crate) fn read_args(
        &mut self,
        arguments: impl IntoIterator<Item = OsString>,
    ) -> Result<(), Error> {
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let argument = argument.to_string_lossy();
            if argument == ROUTES {
                self.only_routes = true;
                continue;
            }
            let (name, value) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (&*argument, None),
            };
            let Some(setting) = SETTINGS.iter().find(|setting| setting.argument == name) else {
                return Err(Error::unknown_argument(&argument, &usage()));
            };
            let value = value
                .or_else(|| Some(arguments.next()?.to_string_lossy().into_owned()))
                .ok_or_else(|| Error::missing_value(name, setting.value))?;
            self.set(setting, name, &value)?;
        }
        Ok(())
    }

    fn set(&mut self, setting: &Setting, origin: &str, value: &str) -> Result<(), Error> {
        (setting.set)(self, value).ok_or_else(|| Error::bad_value(origin, value, setting.value))
    }

    /// The addresses to try to listen on, in this order. Asks the system's
    /// resolver for a host name.
    pub(crate) fn addresses(&self) -> Result<Vec<SocketAddr>, Error> {
        if let Some(port) = whole_number(&self.listen).and_then(|port| u16::try_from(port).ok()) {
            return Ok(vec![(Ipv4Addr::LOCALHOST, port).into()]);
        }
        let found: io::Result<Vec<_>> = self.listen.to_socket_addrs().map(Iterator::collect);
        found.map_err(|error| Error::address(&self.listen, error))
    }
}

/// Digits and nothing else; `str::parse` would take a sign.
fn whole_number(text: &str) -> Option<u32> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

fn usage() -> String {
    let settings: Vec<_> = SETTINGS
        .iter()
        .map(|setting| format!("`{} {}`", setting.argument, setting.value))
        .chain([format!("`{ROUTES}`")])
        .collect();
    settings.join(", ")
}

#[cfg(test)]
mod tests {
    use core::time::Duration;
    use std::ffi::OsString;

    use super::Config;

    fn from_args(arguments: &[&str]) -> Result<Config, String> {
        let mut config = Config::default();
        let read = config.read_args(arguments.iter().map(OsString::from));
        read.map(|()| config).map_err(|error| error.to_string())
    }

    fn from_env(variables: &[(&str, &str)]) -> Result<Config, String> {
        let mut config = Config::default();
        let value = |name: &str| {
            variables
                .iter()
                .find(|variable| variable.0 == name)
                .map(|variable| variable.1.into())
        };
        let read = config.read_env(value);
        read.map(|()| config).map_err(|error| error.to_string())
    }

    #[test]
    fn arguments_set_what_they_name_and_the_last_one_holds() {
        let config = |listen: &str, threads, seconds| Config {
            listen: listen.to_owned(),
            threads,
            shutdown_grace: Duration::from_secs(seconds),
            only_routes: false,
        };
        let rows: [(&[&str], _); 6] = [
            (&[], config("127.0.0.1:8080", None, 10)),
            (&["--listen", "0.0.0.0:80"], config("0.0.0.0:80", None, 10)),
            (
                &["--threads=4", "--listen=[::1]:8080"],
                config("[::1]:8080", Some(4), 10),
            ),
            (
                &["--threads", "4", "--threads", "2"],
                config("127.0.0.1:8080", Some(2), 10),
            ),
            (
                &["--shutdown-grace", "0"],
                config("127.0.0.1:8080", None, 0),
            ),
            (
                &["--routes", "--threads", "1"],
                Config {
                    only_routes: true,
                    ..config("127.0.0.1:8080", Some(1), 10)
                },
            ),
        ];
        for (arguments, expected) in rows {
            assert_eq!(from_args(arguments), Ok(expected), "{arguments:?}");
        }
    }

    #[test]
    fn arguments_that_make_no_sense_are_named() {
        let rows: [(&[&str], &str); 9] = [
            (
                &["--routes=all"],
                "unknown argument `--routes=all`: expected `--listen ADDRESS:PORT`, `--threads NUMBER`, \
                 `--shutdown-grace SECONDS`, `--routes`",
            ),
            (
                &["--port", "80"],
                "unknown argument `--port`: expected `--listen ADDRESS:PORT`, `--threads NUMBER`, \
                 `--shutdown-grace SECONDS`, `--routes`",
            ),
            (
                &["8080"],
                "unknown argument `8080`: expected `--listen ADDRESS:PORT`, `--threads NUMBER`, \
                 `--shutdown-grace SECONDS`, `--routes`",
            ),
            (
                &["--threads"],
                "argument `--threads` has no value: expected NUMBER after it",
            ),
            (
                &["--threads", "two"],
                "`--threads` is `two`: expected NUMBER",
            ),
            (&["--threads", "+2"], "`--threads` is `+2`: expected NUMBER"),
            (&["--threads="], "`--threads` is ``: expected NUMBER"),
            (
                &["--shutdown-grace", "1.5"],
                "`--shutdown-grace` is `1.5`: expected SECONDS",
            ),
            (&["--listen="], "`--listen` is ``: expected ADDRESS:PORT"),
        ];
        for (arguments, message) in rows {
            assert_eq!(
                from_args(arguments),
                Err(message.to_owned()),
                "{arguments:?}"
            );
        }
    }

    #[test]
    fn the_environment_has_the_same_settings() {
        let config = from_env(&[
            ("TRAMLINE_LISTEN", "8081"),
            ("TRAMLINE_THREADS", "3"),
            ("PATH", "/bin"),
        ]);
        assert_eq!(
            config,
            Ok(Config {
                listen: "8081".to_owned(),
                threads: Some(3),
                shutdown_grace: Duration::from_secs(10),
                only_routes: false,
            })
        );
        assert_eq!(from_env(&[]), Ok(Config::default()));
        assert_eq!(
            from_env(&[("TRAMLINE_SHUTDOWN_GRACE", "soon")]),
            Err("`TRAMLINE_SHUTDOWN_GRACE` is `soon`: expected SECONDS".to_owned())
        );
    }

    #[test]
    fn an_address_may_be_a_port_a_number_or_a_name() {
        let resolve = |listen: &str| {
            let config = Config {
                listen: listen.to_owned(),
                ..Config::default()
            };
            config.addresses().map_err(|error| error.to_string())
        };
        for (listen, address) in [
            ("8080", "127.0.0.1:8080"),
            ("0", "127.0.0.1:0"),
            ("0.0.0.0:80", "0.0.0.0:80"),
            ("[::1]:8080", "[::1]:8080"),
        ] {
            assert_eq!(
                resolve(listen),
                Ok(vec![address.parse().unwrap()]),
                "{listen}"
            );
        }
        let local = resolve("localhost:8080").unwrap();
        assert!(
            local
                .iter()
                .all(|address| address.ip().is_loopback() && address.port() == 8080),
            "{local:?}"
        );
        assert!(!local.is_empty());
        for listen in [
            "",
            "localhost",
            "65536",
            "127.0.0.1",
            "127.0.0.1:port",
            "::1:8080:x",
            "127.0.0.1:65536",
        ] {
            let message = resolve(listen).unwrap_err();
            assert!(
                message.contains(&format!("`{listen}`")) && message.contains("`127.0.0.1:8080`"),
                "{message}"
            );
        }
    }
}
