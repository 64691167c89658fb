//! Starts an example as a user would, and talks to it over a real socket.
//!
//! Owns the process and a client of a few lines. Refuses to wait for ever:
//! every read and every wait has a limit.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(20);

/// A running example; killed when dropped.
pub(crate) struct Program {
    child: Child,
    /// Where it said it listens.
    pub(crate) address: String,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Program {
    /// Starts it on a port of the system's choice.
    pub(crate) fn start(path: &str, arguments: &[&str]) -> Self {
        Self::launch(command(path), arguments)
    }

    /// The same, with a variable of the environment.
    pub(crate) fn start_with(variable: (&str, &OsStr), path: &str, arguments: &[&str]) -> Self {
        let mut command = command(path);
        command.env(variable.0, variable.1);
        Self::launch(command, arguments)
    }

    /// The same, of a program that may have so many files open.
    pub(crate) fn start_with_files(files: usize, path: &str, arguments: &[&str]) -> Self {
        let mut shell = command("sh");
        shell.args([
            "-c",
            &format!("ulimit -n {files}; exec \"$0\" \"$@\""),
            path,
        ]);
        Self::launch(shell, arguments)
    }

    /// Lets it have so many files open from now on.
    #[cfg(target_os = "linux")]
    pub(crate) fn limit_files(&self, files: usize) {
        let limited = Command::new("prlimit")
            .arg(format!("--pid={}", self.child.id()))
            .arg(format!("--nofile={files}"))
            .status();
        assert!(limited.expect("prlimit starts").success());
    }

    fn launch(mut command: Command, arguments: &[&str]) -> Self {
        let mut child = command
            .args(["--listen", "127.0.0.1:0"])
            .args(arguments)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the example starts");
        let mut line = String::new();
        let mut stderr = BufReader::new(child.stderr.take().expect("stderr is piped"));
        stderr.read_line(&mut line).expect("stderr is text");
        // Keeps the pipe open and empty for whatever else is said.
        std::thread::spawn(move || std::io::copy(&mut stderr, &mut std::io::sink()));
        let address = line
            .strip_prefix("tramline: listening on http://")
            .and_then(|rest| rest.split(',').next())
            .unwrap_or_else(|| panic!("the first line says where it listens: {line:?}"))
            .to_owned();
        Self { child, address }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    pub(crate) fn ask(&self, method: &str, path: &str, body: &str) -> Answer {
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        Answer::parse(&self.send(&request))
    }

    /// Sends bytes and reads until the server closes.
    pub(crate) fn send(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("it accepts");
        stream
            .set_read_timeout(Some(PATIENCE))
            .expect("a limit can be set");
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut answer = String::new();
        stream
            .read_to_string(&mut answer)
            .expect("it answers text and closes");
        answer
    }

    /// The time that it has computed, in hundredths of a second; Linux only.
    pub(crate) fn computed(&self) -> Option<u64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        let fields = stat.rsplit_once(") ")?.1;
        let times = fields.split(' ').skip(11).take(2);
        times.map(|time| time.parse::<u64>().ok()).sum()
    }

    /// Tells it to stop with a signal, and waits until it has.
    pub(crate) fn stop(mut self, signal: &str) -> ExitStatus {
        let kill = Command::new("kill")
            .args([signal, &self.child.id().to_string()])
            .status();
        assert!(kill.expect("`kill` runs").success());
        wait(&mut self.child)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Both fail only if it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    fn parse(answer: &str) -> Self {
        let (head, body) = answer
            .split_once("\r\n\r\n")
            .unwrap_or_else(|| panic!("a head ends: {answer:?}"));
        let status = head
            .strip_prefix("HTTP/1.1 ")
            .and_then(|rest| rest.get(..3)?.parse().ok());
        let status = status.unwrap_or_else(|| panic!("a status line: {head:?}"));
        Self {
            status,
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut fields = self
            .head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(':'));
        fields
            .find(|(field, _)| field.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    }
}

/// Runs an example that is expected not to start.
pub(crate) fn refused(
    path: &str,
    arguments: &[&str],
    variables: &[(&str, &str)],
) -> (ExitStatus, String) {
    let mut child = command(path)
        .args(arguments)
        .envs(variables.iter().copied())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the example starts");
    let status = wait(&mut child);
    let mut said = String::new();
    child
        .stderr
        .take()
        .expect("stderr is piped")
        .read_to_string(&mut said)
        .expect("stderr is text");
    (status, said)
}

/// Without the settings of whoever runs the tests.
fn command(path: &str) -> Command {
    let mut command = Command::new(path);
    command
        .env_remove("TRAMLINE_LISTEN")
        .env_remove("TRAMLINE_THREADS")
        .env_remove("TRAMLINE_SHUTDOWN_GRACE");
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command
}

fn wait(child: &mut Child) -> ExitStatus {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait().expect("it is our child") {
            return status;
        }
        sleep(Duration::from_millis(10));
    }
    let _ = child.kill();
    panic!("it did not end within {PATIENCE:?}");
}
