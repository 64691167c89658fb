fn link(id: u64) -> impl Display {
    url!(App, users::show, org = "a", id = id)
}
