#[route("/users/{id}")]
async fn show(id: u64, db: &Db, user: User<'_>) -> Option<String> {
    db.name(id, user).await
}

routes! { pub App for AppState: show, "/api" => api::Routes }
