const ROBOTS: &str = "User-agent: *\nDisallow: /admin/\n";
#[doc(hidden)]
enum ROBOTS {}
impl ROBOTS {
    pub const fn entry(
        finding: ::tramline::routing::Finding,
    ) -> ::tramline::routing::Entry {
        finding.get("/robots.txt", ::core::concat!(::core::module_path!(), "::ROBOTS"))
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
    pub fn call(call: ::tramline::handler::Call<'_, '_>) -> ::tramline::handler::Done {
        call.send_precomputed(&ROBOTS::RESPONSE)
    }
}
