fn notes(body: &[u8]) -> Status {
    store::add(body)
}
#[doc(hidden)]
enum notes {}
impl ::tramline::routing::Route for notes {
    const ENTRY: ::tramline::routing::Entry = ::tramline::routing::Entry::new(
            ::tramline::Method::Get,
            "/notes",
            ::core::concat!(::core::module_path!(), "::notes"),
        )
        .also(
            &[
                (::tramline::Method::Get, "/notes/"),
                (::tramline::Method::Post, "/notes"),
                (::tramline::Method::Post, "/notes/"),
            ],
        );
}
impl notes {
    pub const fn proof(finding: ::tramline::routing::Finding) {
        ::tramline::routing::pass(finding)
    }
    pub async fn call<'r>(
        request: ::tramline::Request<'r>,
        response: &mut ::tramline::Response<'r>,
        state: ::tramline::handler::Extractor<
            'r,
            fn(&()) -> &[u8],
            { ::tramline::handler::is_extractor::<&[u8]>() },
        >,
    ) {
        let Some(body) = state.extract(request, response).await else {
            return;
        };
        ::tramline::Responder::respond(notes(body), response)
    }
}
