//! What a server tells the log when it starts.

use std::sync::Mutex;

use tramline::{RouteList, Server, route, routes};

#[route("/")]
fn index() {}

#[route("/report", blocking)]
fn report() -> &'static str {
    "done"
}

mod users {
    use tramline::{route, routes};

    #[route(PUT, DELETE, "/{id}")]
    fn change(id: u32) {
        let _ = id;
    }

    routes! { pub Routes: change }
}

routes! { App: index, report, "/users" => users::Routes }

struct Lines(Mutex<Vec<String>>);

impl log::Log for Lines {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        metadata.target() == "tramline::routes"
    }

    fn log(&self, record: &log::Record<'_>) {
        if self.enabled(record.metadata()) {
            let mut lines = self.0.lock().expect("no test panics with it");
            lines.push(format!("{} {}", record.level(), record.args()));
        }
    }

    fn flush(&self) {}
}

static LINES: Lines = Lines(Mutex::new(Vec::new()));

#[test]
fn each_route_is_logged_when_a_server_starts() {
    log::set_logger(&LINES).expect("the only logger");
    let start = || {
        let server = Server::new(App).listen("127.0.0.1:0").threads(1);
        server.start().expect("a server starts").stop()
    };

    log::set_max_level(log::LevelFilter::Warn);
    start().expect("it stops");
    assert_eq!(*LINES.0.lock().expect("no panic"), [""; 0]);

    log::set_max_level(log::LevelFilter::Info);
    start().expect("it stops");
    let listed = RouteList::new(App::ROUTES).to_string();
    let expected: Vec<_> = listed.lines().map(|line| format!("INFO {line}")).collect();
    assert_eq!(expected.len(), 4);
    assert_eq!(*LINES.0.lock().expect("no panic"), expected);
}
