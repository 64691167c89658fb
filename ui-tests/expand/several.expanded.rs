fn notes(body: &[u8]) -> Status {
    store::add(body)
}
#[doc(hidden)]
enum notes {}
impl notes {
    pub const fn entry(
        finding: ::tramline::routing::Finding,
    ) -> ::tramline::routing::Entry {
        finding
            .get("/notes", ::core::concat!(::core::module_path!(), "::notes"))
            .also(
                &[
                    (::tramline::Method::Get, "/notes/"),
                    (::tramline::Method::Post, "/notes"),
                    (::tramline::Method::Post, "/notes/"),
                ],
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
                fn(&()) -> &[u8],
                { ::tramline::handler::is_extractor::<&[u8]>() },
            >,
        >,
    ) {
        let ::core::option::Option::Some(body) = state.extract(request, response).await
        else {
            return;
        };
        ::tramline::Responder::respond(notes(body), response)
    }
}
