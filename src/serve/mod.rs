//! A web server for the sites while they are being written, on this machine only. Sites are held in memory; nothing of the user's is written.

mod answer;
mod watch;

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::Arc,
};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use tokio::sync::watch::{Receiver, Sender, channel};

use crate::run::Failure;
use answer::Answer;
pub(crate) use watch::Watcher;

/// What the server shows.
#[derive(Debug, Default, Clone)]
pub(crate) struct Shown {
    /// Counts builds, so that a page knows when it is old.
    pub(crate) build: u64,
    /// Files of each site by path, by audience.
    pub(crate) sites: Arc<BTreeMap<String, BTreeMap<String, Vec<u8>>>>,
    /// What pages say about themselves: findings by postmortem, files that are not committed, and why the last build failed. JSON.
    pub(crate) state: String,
}

/// A server that runs until the process ends.
#[derive(Debug)]
pub(crate) struct Server {
    shown: Sender<Arc<Shown>>,
    address: SocketAddr,
}

impl Server {
    /// Begins to serve on 127.0.0.1; port 0 takes a free one.
    ///
    /// # Errors
    /// When the port is taken.
    pub(crate) fn start(port: u16, first: Shown) -> Result<Self, Failure> {
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener = TcpListener::bind(wanted)
            .map_err(|error| Failure::new(format!("can't listen on {wanted}: {error}"), "choose another port with --port, or 0 for a free one"))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (sender, receiver) = channel(Arc::new(first));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        let router = Router::new().fallback(respond).with_state(receiver).layer(middleware::from_fn(local_hosts_only));
        std::thread::Builder::new().name("server".to_owned()).spawn(move || {
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener)?;
                axum::serve(listener, router).await
            })
        })?;
        Ok(Self { shown: sender, address })
    }

    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Shows something else from now on; open pages load themselves again.
    pub(crate) fn show(&self, shown: Shown) {
        self.shown.send_replace(Arc::new(shown));
    }
}

async fn respond(State(mut shown): State<Receiver<Arc<Shown>>>, request: Request) -> Response {
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    if request.uri().path() == answer::STATE
        && let Some(seen) = request.uri().query().and_then(|query| query.strip_prefix("build=")?.parse::<u64>().ok())
    {
        // A page that is up to date hears nothing until it is not.
        let _ = shown.wait_for(|shown| shown.build != seen).await;
    }
    let now = Arc::clone(&shown.borrow());
    let Answer { status, kind, body } = answer::of(&now, request.uri().path());
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (status, headers, body).into_response()
}

/// A page of another site could otherwise read the internal site through a host name that it points at this machine (DNS rebinding).
async fn local_hosts_only(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if ["127.0.0.1", "localhost", "[::1]"].contains(&name) { next.run(request).await } else { StatusCode::MISDIRECTED_REQUEST.into_response() }
}
