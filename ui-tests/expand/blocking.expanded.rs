#[allow(clippy::needless_pass_by_value)]
fn report(db: &Db, year: u32) -> String {
    db.report(year)
}
#[doc(hidden)]
enum report {}
impl report {
    pub const fn entry(
        finding: ::tramline::routing::Finding,
    ) -> ::tramline::routing::Entry {
        finding
            .get("/report/{year}", ::core::concat!(::core::module_path!(), "::report"))
            .blocking()
            .takes(&[1])
    }
    pub async fn call<'r>(
        ::tramline::handler::Call {
            request,
            response,
            state,
        }: ::tramline::handler::Call<'_, 'r, ::tramline::handler::Kept<Db>>,
    ) {
        let ::core::option::Option::Some(year) = ::tramline::handler::param::<
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
