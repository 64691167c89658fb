#[route(GET, POST, "/notes", "/notes/")]
fn notes(body: &[u8]) -> Status {
    store::add(body)
}
