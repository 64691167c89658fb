#[route("/robots.txt")]
const ROBOTS: &str = "User-agent: *\nDisallow: /admin/\n";
