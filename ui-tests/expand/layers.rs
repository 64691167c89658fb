#[catch]
fn not_found(request: Request<'_>) -> Html<String> {
    page(request.path())
}

#[catch]
async fn failed(status: Status, pages: &Pages) -> Html<String> {
    pages.of(status).await
}

routes! {
    /// The whole application.
    #[layer(AccessLog::new(), SecurityHeaders::new())]
    #[layer(&COUNTER)]
    pub App for AppState:
        index,
        "/api" => api::Routes,
        _ => failed,
        404 => errors::not_found,
}
