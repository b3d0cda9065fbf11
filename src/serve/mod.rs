//! A web server for finished sites, on this machine only.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::Path,
};

use axum::{
    Router,
    extract::Request,
    http::{StatusCode, header::HOST},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use tower_http::services::ServeDir;

use crate::run::{FINE, Failure};

/// Serves a folder until interrupted. `ready` is told the address.
///
/// # Errors
/// When the port is taken.
pub(crate) fn files(folder: &Path, port: u16, ready: impl FnOnce(SocketAddr) -> Result<(), Failure>) -> Result<u8, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(async {
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener = tokio::net::TcpListener::bind(wanted)
            .await
            .map_err(|error| Failure::new(format!("can't listen on {wanted}: {error}"), "choose another port with --port, or 0 for a free one"))?;
        ready(listener.local_addr()?)?;
        let router = Router::new().fallback_service(ServeDir::new(folder)).layer(middleware::from_fn(local_hosts_only));
        axum::serve(listener, router).with_graceful_shutdown(interrupted()).await?;
        Ok(FINE)
    })
}

async fn interrupted() {
    // Without a signal handler the process ends on Ctrl-C anyway.
    let _ = tokio::signal::ctrl_c().await;
}

/// A page of another site could otherwise read the internal site through a host name that it points at this machine (DNS rebinding).
async fn local_hosts_only(request: Request, next: Next) -> Response {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if ["127.0.0.1", "localhost", "[::1]"].contains(&name) { next.run(request).await } else { StatusCode::MISDIRECTED_REQUEST.into_response() }
}
