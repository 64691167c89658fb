async fn write(body: &[u8]) -> Status {
    smol::fs::write("note", body)
        .await
        .map_or(Status::INTERNAL_SERVER_ERROR, |()| Status::CREATED)
}
#[doc(hidden)]
enum write {}
impl write {
    pub const fn entry(
        finding: ::tramline::routing::Finding,
    ) -> ::tramline::routing::Entry {
        finding.post("/notes", ::core::concat!(::core::module_path!(), "::write"))
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
        ::tramline::Responder::respond(write(body).await, response)
    }
}
