#[guard]
pub async fn is_admin(user: User<'_>, db: &Db) -> bool {
    db.is_admin(user.id).await
}

#[guard]
fn is_open() -> Result<(), Status> {
    Err(Status::SERVICE_UNAVAILABLE)
}

#[route("/admin/{id}", guard = is_open, guard = auth::is_admin)]
fn admin(id: u64, db: &Db) -> String {
    db.name(id)
}

#[route("/secret", guard = is_open)]
const SECRET: &str = "of all";
