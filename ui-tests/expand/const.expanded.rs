const ROBOTS: &str = "User-agent: *\nDisallow: /admin/\n";
#[doc(hidden)]
enum ROBOTS {}
impl ::tramline::routing::Route for ROBOTS {
    const ENTRY: ::tramline::routing::Entry = ::tramline::routing::Entry::new(
        ::tramline::Method::Get,
        "/robots.txt",
        ::core::concat!(::core::module_path!(), "::ROBOTS"),
    );
}
impl ROBOTS {
    pub const fn proof(finding: ::tramline::routing::Finding) {
        ::tramline::routing::pass(finding)
    }
    const BODY: &'static [u8] = ROBOTS.as_bytes();
    const RESPONSE: ::tramline::handler::Precomputed<
        {
            ::tramline::handler::precomputed_length(
                ::tramline::handler::TEXT,
                ROBOTS::BODY,
            )
        },
    > = ::tramline::handler::Precomputed::new(::tramline::handler::TEXT, ROBOTS::BODY);
    pub fn call(
        _: ::tramline::Request<'_>,
        response: &mut ::tramline::Response<'_>,
        _: (),
    ) -> ::core::future::Ready<()> {
        ::core::future::ready(response.send_precomputed(&ROBOTS::RESPONSE))
    }
}
