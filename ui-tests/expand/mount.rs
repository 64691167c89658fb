routes! {
    /// The whole application.
    pub App:
        index,
        users::show,
        "/api" => api::Routes,
        "/orgs/{org}" => orgs::Routes,
}
