#[allow(clippy::needless_pass_by_value)]
fn report(db: &Db, year: u32) -> String {
    db.report(year)
}
#[doc(hidden)]
enum report {}
impl ::tramline::routing::Route for report {
    const ENTRY: ::tramline::routing::Entry = ::tramline::routing::Entry::new(
            ::tramline::Method::Get,
            "/report/{year}",
            ::core::concat!(::core::module_path!(), "::report"),
        )
        .blocking();
}
impl report {
    pub const fn proof(finding: ::tramline::routing::Finding) {
        ::tramline::routing::pass(finding)
    }
    pub const URL_year: ::tramline::handler::Argument<u32> = ::tramline::handler::Argument::NEW;
    pub async fn call<'r>(
        request: ::tramline::Request<'r>,
        response: &mut ::tramline::Response<'r>,
        state: ::tramline::handler::Kept<Db>,
    ) {
        let Some(year) = ::tramline::handler::param::<
            ::tramline::handler::Proved<
                u32,
                { ::tramline::handler::can_be_sent::<u32>() },
            >,
        >(&request, 1) else {
            return ::tramline::handler::not_found(response);
        };
        ::tramline::Responder::respond(
            ::tramline::handler::unblock(move || report(state.get(), year)).await,
            response,
        )
    }
}
