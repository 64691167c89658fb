fn report(all: &[u64]) -> impl Responder {
    let place = "here";
    {
        let arg0 = all.iter().filter(|id| **id > 0).count();
        let arg1 = all.len();
        ::tramline::handler::Text::new(move |out: &mut dyn ::core::fmt::Write| {
            ::core::write!(out, "{} of {total} are {place}\n", arg0, total = arg1)
        })
    }
}
