#[allow(clippy::needless_pass_by_value)]
fn lost(request: Request<'_>) -> (Status, String) {
    (Status::NOT_FOUND, format!("{} is not here\n", request.path()))
}
#[doc(hidden)]
enum lost {}
impl ::tramline::routing::Route for lost {
    const METHOD: ::tramline::Method<'static> = ::tramline::routing::FALLBACK;
    const PATTERN: &'static str = "/";
    const NAME: &'static str = ::core::concat!(::core::module_path!(), "::lost");
    const STATIC: &'static [u8] = ::tramline::routing::NOT_STATIC;
}
impl lost {
    pub const fn conflict(message: &str) -> ! {
        ::tramline::routing::reject(message)
    }
    pub async fn call<'r>(
        request: ::tramline::Request<'r>,
        response: &mut ::tramline::Response<'r>,
        state: ::tramline::handler::Extractor<'r, fn(&()) -> Request<'_>>,
    ) {
        let Some(request) = state.extract(request, response).await else {
            return;
        };
        ::tramline::Responder::respond(lost(request), response)
    }
}
