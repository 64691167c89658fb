#[route(_)]
fn lost(request: Request<'_>) -> (Status, String) {
    (Status::NOT_FOUND, format!("{} is not here\n", request.path()))
}
