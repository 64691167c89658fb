#[route(POST, "/notes")]
async fn write(body: &[u8]) -> Status {
    smol::fs::write("note", body).await.map_or(Status::INTERNAL_SERVER_ERROR, |()| Status::CREATED)
}
