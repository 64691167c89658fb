routes! {
    App:
        index,
        #[cfg(feature = "admin")]
        admin::panel,
        "/api" => api::Routes,
        #[cfg(unix)]
        #[cfg(not(test))]
        "/sockets" => sockets::Routes,
}
