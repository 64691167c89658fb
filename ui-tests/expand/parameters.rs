#[route(PUT, "/orgs/{org}/users/{id}")]
pub(crate) fn rename(id: u64, request: Request<'_>, org: &str) -> Result<String, Status> {
    store::rename(org, id, request.header("x-name"))
}
