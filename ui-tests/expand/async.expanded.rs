async fn write(body: &[u8]) -> Status {
    smol::fs::write("note", body)
        .await
        .map_or(Status::INTERNAL_SERVER_ERROR, |()| Status::CREATED)
}
#[doc(hidden)]
enum write {}
impl ::tramline::routing::Route for write {
    const ENTRY: ::tramline::routing::Entry = ::tramline::routing::Entry::new(
        ::tramline::Method::Post,
        "/notes",
        ::core::concat!(::core::module_path!(), "::write"),
    );
}
impl write {
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
        ::tramline::Responder::respond(write(body).await, response)
    }
}
