#[route("/report/{year}", blocking)]
fn report(db: &Db, year: u32) -> String {
    db.report(year)
}
