//! A resource in JSON: tasks that are listed, made, read, replaced and deleted.
//!
//! `cargo run --bin json`, then
//! `curl -i --json '{"title": "buy milk"}' http://127.0.0.1:8080/tasks` and
//! `curl http://127.0.0.1:8080/tasks/1`. Errors are problem details for whoever
//! asks for JSON: `curl --json '{"title": 7}' http://127.0.0.1:8080/tasks`.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use serde::{Deserialize, Serialize};
use tramline::{Json, JsonError, Responder, Status, route, routes, url};

/// What is sent to make or to replace a task. Fields that it does not have are
/// mistakes.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    title: String,
    #[serde(default)]
    done: bool,
}

/// What is answered.
#[derive(Serialize)]
struct Task {
    id: u64,
    #[serde(flatten)]
    draft: Draft,
}

/// All tasks, by number, behind a lock that is held for as short as can be.
#[derive(Default)]
struct Tasks(Mutex<Table>);

#[derive(Default)]
struct Table {
    drafts: BTreeMap<u64, Draft>,
    last: u64,
}

impl Tasks {
    fn table(&self) -> MutexGuard<'_, Table> {
        self.0.lock().expect("no holder of the lock panics")
    }
}

/// Why a request is refused, and how that is answered: each variant says it. A
/// status of an error is answered as problem details, or as text for those who
/// prefer it; so is a `JsonError`, which says where the body is wrong.
#[derive(Responder)]
enum Refusal {
    #[responder(status = 404)]
    NoSuchTask,
    #[responder(status = 409)]
    TooMany,
    Body(JsonError),
}

impl From<JsonError> for Refusal {
    fn from(error: JsonError) -> Self {
        Self::Body(error)
    }
}

const MOST: usize = 1_000;

#[route("/tasks")]
fn list(tasks: &Tasks) -> Json<Vec<Task>> {
    let table = tasks.table();
    let drafts = table.drafts.iter();
    let all = drafts.map(|(&id, draft)| Task {
        id,
        draft: draft.clone(),
    });
    Json(all.collect())
}

/// 201, and where the new task is.
#[route(POST, "/tasks")]
fn create(draft: Json<Draft>, tasks: &Tasks) -> Result<impl Responder, Refusal> {
    let Json(draft) = draft;
    let mut table = tasks.table();
    if table.drafts.len() == MOST {
        return Err(Refusal::TooMany);
    }
    table.last += 1;
    let id = table.last;
    table.drafts.insert(id, draft.clone());
    let location = [("Location", url!(App, read, id = id))];
    Ok((Status::CREATED, location, Json(Task { id, draft })))
}

#[route("/tasks/{id}")]
fn read(id: u64, tasks: &Tasks) -> Result<Json<Task>, Refusal> {
    let draft = tasks.table().drafts.get(&id).cloned();
    let draft = draft.ok_or(Refusal::NoSuchTask)?;
    Ok(Json(Task { id, draft }))
}

/// A `Result` of an extractor leaves it to the handler which error comes first:
/// here a task that is not there, whatever the body.
#[route(PUT, "/tasks/{id}")]
fn replace(
    id: u64,
    draft: Result<Json<Draft>, JsonError>,
    tasks: &Tasks,
) -> Result<Json<Task>, Refusal> {
    let mut table = tasks.table();
    let old = table.drafts.get_mut(&id).ok_or(Refusal::NoSuchTask)?;
    let Json(draft) = draft?;
    *old = draft.clone();
    Ok(Json(Task { id, draft }))
}

#[route(DELETE, "/tasks/{id}")]
fn delete(id: u64, tasks: &Tasks) -> Result<Status, Refusal> {
    let deleted = tasks.table().drafts.remove(&id);
    deleted
        .map(|_| Status::NO_CONTENT)
        .ok_or(Refusal::NoSuchTask)
}

routes! { App for Tasks: list, create, read, replace, delete }

fn main() -> tramline::Result {
    tramline::run_with(App, Tasks::default())
}

#[cfg(test)]
mod tests {
    use tramline::Method;
    use tramline::testing::Client;

    use super::{App, Draft, MOST, Task, Tasks, read, url};

    fn draft(title: &str, done: bool) -> Draft {
        Draft {
            title: title.to_owned(),
            done,
        }
    }

    fn task(id: u64, title: &str, done: bool) -> Task {
        Task {
            id,
            draft: draft(title, done),
        }
    }

    #[test]
    fn a_task_is_made_read_replaced_and_deleted() {
        let client = Client::with_state(App, Tasks::default());
        client.get("/tasks").send().assert_text("[]");

        let made = client.post("/tasks").json(&draft("buy milk", false)).send();
        made.assert_status(201)
            .assert_header("location", "/tasks/1")
            .assert_header("content-type", "application/json")
            .assert_text(r#"{"id":1,"title":"buy milk","done":false}"#);

        let done = task(1, "buy milk", true);
        let replaced = client.put("/tasks/1").json(&done.draft).send();
        replaced.assert_status(200).assert_json(&done);
        client.get("/tasks/1").send().assert_json(&done);
        client.get("/tasks").send().assert_json(&[done]);

        client.delete("/tasks/1").send().assert_status(204);
        client.delete("/tasks/1").send().assert_status(404);
        client.get("/tasks").send().assert_text("[]");

        // No number is given twice.
        let next = client.post("/tasks").json(&draft("drink it", false)).send();
        next.assert_header("location", &url!(App, read, id = 2).to_string());
    }

    #[test]
    fn what_is_wrong_is_said_as_a_problem() {
        let client = Client::with_state(App, Tasks::default());
        client.post("/tasks").json(&draft("one", false)).send();
        for (method, path, json, status, detail) in [
            (Method::Post, "/tasks", "{", 400, "is not JSON: EOF"),
            (Method::Post, "/tasks", "{}", 422, "missing field `title`"),
            (
                Method::Post,
                "/tasks",
                r#"{"title": "a", "dnoe": true}"#,
                422,
                "unknown field `dnoe`",
            ),
            (
                Method::Put,
                "/tasks/1",
                r#"{"title": 7}"#,
                422,
                "invalid type: integer `7`",
            ),
            (Method::Put, "/tasks/7", "no JSON", 404, "Not Found"),
        ] {
            let reply = client
                .request(method, path)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .body(json)
                .send();
            reply
                .assert_status(status)
                .assert_header("content-type", "application/problem+json")
                .assert_contains(&format!("\"status\":{status}"))
                .assert_contains(detail);
        }
        // Text, for those who do not ask for JSON.
        let reply = client.get("/tasks/7").send();
        reply.assert_status(404).assert_text("404 Not Found\n");
        let reply = client.post("/tasks").body("title=x").send();
        reply
            .assert_status(415)
            .assert_contains("`application/json`");
    }

    #[test]
    fn there_is_a_most() {
        let client = Client::with_state(App, Tasks::default());
        let any = draft("", false);
        for _ in 0..MOST {
            client.post("/tasks").json(&any).send().assert_status(201);
        }
        let reply = client.post("/tasks").json(&any).send();
        reply.assert_status(409);
    }
}
