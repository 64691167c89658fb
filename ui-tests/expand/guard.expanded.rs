#[allow(clippy::needless_pass_by_value)]
pub async fn is_admin(user: User<'_>, db: &Db) -> bool {
    db.is_admin(user.id).await
}
#[doc(hidden)]
pub enum is_admin {}
impl ::tramline::handler::Guard for is_admin {
    const NAME: &'static str = ::core::concat!(::core::module_path!(), "::is_admin");
    type Wants<'r> = (
        ::tramline::handler::Extractor<
            'r,
            fn(&()) -> User<'_>,
            { ::tramline::handler::is_extractor::<User<'_>>() },
        >,
        &'r Db,
    );
    async fn check<'r>(
        request: ::tramline::Request<'r>,
        response: &mut ::tramline::Response<'r>,
        state: Self::Wants<'r>,
    ) -> bool {
        let ::core::option::Option::Some(user) = state.0.extract(request, response).await
        else {
            return false;
        };
        ::tramline::handler::Verdict::allows(is_admin(user, state.1).await, response)
    }
}
fn is_open() -> Result<(), Status> {
    Err(Status::SERVICE_UNAVAILABLE)
}
#[doc(hidden)]
enum is_open {}
impl ::tramline::handler::Guard for is_open {
    const NAME: &'static str = ::core::concat!(::core::module_path!(), "::is_open");
    type Wants<'r> = ();
    async fn check<'r>(
        _: ::tramline::Request<'r>,
        response: &mut ::tramline::Response<'r>,
        _: Self::Wants<'r>,
    ) -> bool {
        ::tramline::handler::Verdict::allows(is_open(), response)
    }
}
fn admin(id: u64, db: &Db) -> String {
    db.name(id)
}
#[doc(hidden)]
enum admin {}
impl admin {
    pub const fn entry(
        finding: ::tramline::routing::Finding,
    ) -> ::tramline::routing::Entry {
        finding
            .get("/admin/{id}", ::core::concat!(::core::module_path!(), "::admin"))
            .guarded(
                &[
                    <is_open as ::tramline::handler::Guard>::NAME,
                    <auth::is_admin as ::tramline::handler::Guard>::NAME,
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
            (
                ::tramline::handler::Asked<
                    'r,
                    (is_open),
                    { <is_open as ::tramline::handler::Guard>::IS_ONE },
                >,
                ::tramline::handler::Asked<
                    'r,
                    (auth::is_admin),
                    { <auth::is_admin as ::tramline::handler::Guard>::IS_ONE },
                >,
                &'r Db,
            ),
        >,
    ) {
        if !state.0.allows(request, response).await {
            return;
        }
        if !state.1.allows(request, response).await {
            return;
        }
        let ::core::option::Option::Some(id) = ::tramline::handler::param::<
            u64,
        >(&request, 1) else {
            return ::tramline::handler::not_found(response);
        };
        ::tramline::Responder::respond(admin(id, state.2), response)
    }
}
#[allow(deprecated)]
const _: () = {
    let _ = is_open;
    let _ = auth::is_admin;
};
const SECRET: &str = "of all";
#[doc(hidden)]
enum SECRET {}
impl SECRET {
    pub const fn entry(
        finding: ::tramline::routing::Finding,
    ) -> ::tramline::routing::Entry {
        finding
            .get("/secret", ::core::concat!(::core::module_path!(), "::SECRET"))
            .guarded(&[<is_open as ::tramline::handler::Guard>::NAME])
    }
    const BODY: &'static [u8] = SECRET.as_bytes();
    const RESPONSE: ::tramline::handler::Precomputed<
        {
            ::tramline::handler::precomputed_length(
                ::tramline::handler::TEXT,
                SECRET::BODY,
            )
        },
    > = ::tramline::handler::Precomputed::new(::tramline::handler::TEXT, SECRET::BODY);
    pub async fn call<'r>(
        ::tramline::handler::Call {
            request,
            response,
            state,
        }: ::tramline::handler::Call<
            '_,
            'r,
            ::tramline::handler::Asked<
                'r,
                (is_open),
                { <is_open as ::tramline::handler::Guard>::IS_ONE },
            >,
        >,
    ) {
        if !state.allows(request, response).await {
            return;
        }
        response.send_precomputed(&SECRET::RESPONSE)
    }
}
#[allow(deprecated)]
const _: () = {
    let _ = is_open;
};
