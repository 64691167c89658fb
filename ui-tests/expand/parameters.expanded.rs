#[allow(clippy::needless_pass_by_value)]
pub(crate) fn rename(
    id: u64,
    request: Request<'_>,
    org: &str,
) -> Result<String, Status> {
    store::rename(org, id, request.header("x-name"))
}
#[doc(hidden)]
pub(crate) enum rename {}
impl rename {
    pub const fn entry(
        finding: ::tramline::routing::Finding,
    ) -> ::tramline::routing::Entry {
        finding
            .put(
                "/orgs/{org}/users/{id}",
                ::core::concat!(::core::module_path!(), "::rename"),
            )
            .takes(&[2, 0])
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
        let ::core::option::Option::Some(id) = ::tramline::handler::param::<
            u64,
        >(&request, 1) else {
            return ::tramline::handler::not_found(response);
        };
        let ::core::option::Option::Some(org) = ::tramline::handler::param::<
            &str,
        >(&request, 2) else {
            return ::tramline::handler::not_found(response);
        };
        let ::core::option::Option::Some(request) = state
            .extract(request, response)
            .await else {
            return;
        };
        ::tramline::Responder::respond(rename(id, request, org), response)
    }
}
