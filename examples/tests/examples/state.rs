//! `state`: notes are shared by all workers, lists are counted by each.

use crate::program::Program;

#[test]
fn notes_are_shared_and_counts_are_not() {
    let state = Program::start(env!("CARGO_BIN_EXE_state"), &["--threads", "2"]);
    for note in ["buy milk", "drink it"] {
        assert_eq!(state.ask("POST", "/notes", note).status, 201);
    }
    // Alone, a connection may be dealt to either worker.
    let lists: Vec<String> = (0..3).map(|_| state.get("/notes").body).collect();
    for list in &lists {
        assert!(list.starts_with("buy milk\ndrink it\n(list "), "{list}");
    }
    assert!(lists[0].ends_with("(list 1 of this worker)\n"), "{lists:?}");
    assert_eq!(state.stop("-TERM").code(), Some(0));
}
