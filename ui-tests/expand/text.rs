fn report(all: &[u64]) -> impl Responder {
    let place = "here";
    text!("{} of {total} are {place}\n", all.iter().filter(|id| **id > 0).count(), total = all.len())
}
