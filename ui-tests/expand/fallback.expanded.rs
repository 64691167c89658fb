#[allow(clippy::needless_pass_by_value)]
fn lost(request: Request<'_>) -> (Status, String) {
    (Status::NOT_FOUND, format!("{} is not here\n", request.path()))
}
#[doc(hidden)]
enum lost {}
impl lost {
    pub const fn entry(
        finding: ::tramline::routing::Finding,
    ) -> ::tramline::routing::Entry {
        finding
            .route(
                ::tramline::routing::FALLBACK,
                "/",
                ::core::concat!(::core::module_path!(), "::lost"),
            )
    }
    pub async fn call<'r>(
        ::tramline::handler::Call {
            request,
            response,
            state,
        }: ::tramline::handler::Call<
            '_,
            'r,
            ::tramline::handler::Extractor<
                'r,
                fn(&()) -> Request<'_>,
                { ::tramline::handler::is_extractor::<Request<'_>>() },
            >,
        >,
    ) {
        let ::core::option::Option::Some(request) = state
            .extract(request, response)
            .await else {
            return;
        };
        ::tramline::Responder::respond(lost(request), response)
    }
}
