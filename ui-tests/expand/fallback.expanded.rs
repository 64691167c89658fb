#[allow(clippy::needless_pass_by_value)]
fn lost(request: Request<'_>) -> (Status, String) {
    (Status::NOT_FOUND, format!("{} is not here\n", request.path()))
}
#[doc(hidden)]
enum lost {}
impl ::tramline::routing::Route for lost {
    const ENTRY: ::tramline::routing::Entry = ::tramline::routing::Entry::new(
        ::tramline::routing::FALLBACK,
        "/",
        ::core::concat!(::core::module_path!(), "::lost"),
    );
}
impl lost {
    pub const fn proof(finding: ::tramline::routing::Finding) {
        ::tramline::routing::pass(finding)
    }
    pub async fn call<'r>(
        request: ::tramline::Request<'r>,
        response: &mut ::tramline::Response<'r>,
        state: ::tramline::handler::Extractor<
            'r,
            fn(&()) -> Request<'_>,
            { ::tramline::handler::is_extractor::<Request<'_>>() },
        >,
    ) {
        let Some(request) = state.extract(request, response).await else {
            return;
        };
        ::tramline::Responder::respond(lost(request), response)
    }
}
