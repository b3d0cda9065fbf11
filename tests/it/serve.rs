//! The server as a browser meets it, in a process of its own.
#![cfg(feature = "serve")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    time::Duration,
};

use lookback::testing::TestRepository;

use crate::harness::{APPROVED, Edit, PATH, REPORT, files, holding, lookback};

/// A running server that ends with the test.
struct Running {
    process: Child,
    printed: BufReader<ChildStdout>,
    address: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Running {
    fn start(folder: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_lookback"))
            .args(["serve", "--port", "0", "--now", "2026-06-01T00:00:00Z", "--repo"])
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut running = Self { printed: BufReader::new(process.stdout.take().unwrap()), process, address: String::new() };
        let line = running.line_with("/internal/index.html");
        line.split("http://").nth(1).unwrap().split('/').next().unwrap().clone_into(&mut running.address);
        running.line_with("Ctrl-C");
        running
    }

    fn line_with(&mut self, part: &str) -> String {
        loop {
            let mut line = String::new();
            assert!(self.printed.read_line(&mut line).unwrap() > 0, "the server ended before it printed `{part}`");
            if line.contains(part) {
                return line;
            }
        }
    }

    /// Status line and body.
    fn get(&self, path: &str, host: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.lines().next().unwrap().to_owned(), body.to_owned())
    }

    /// Waits, build by build, for one whose state says this.
    fn wait_for(&self, part: &str) {
        let mut state = self.page("/_lookback/state");
        while !state.contains(part) {
            let build = state.split("\"build\":").nth(1).unwrap().split([',', '}']).next().unwrap().to_owned();
            state = self.page(&format!("/_lookback/state?build={build}"));
        }
    }

    fn page(&self, path: &str) -> String {
        let (status, body) = self.get(path, "127.0.0.1");
        assert_eq!(status, "HTTP/1.1 200 OK", "{path}");
        body
    }
}

#[test]
fn what_changes_is_built_again_and_open_pages_hear_of_it() {
    let mut repository = TestRepository::new();
    repository.write(PATH, REPORT).commit("Write");
    let folder = repository.checkout();
    let server = Running::start(&folder);
    assert!(server.page("/internal/postmortems/a/").contains("420 orders failed."));
    assert!(server.page("/public/").contains("<script src=\"/_lookback/live.js\" defer></script>"));
    assert!(server.page("/_lookback/state").contains("\"build\":1"));

    repository.write_uncommitted(PATH, REPORT.replace("420 orders failed", "512 orders failed"));
    server.wait_for(&format!("\"uncommitted\":[\"{PATH}\"],\"sections\":{{\"a\":[\"Impact\"]}}"));
    // A build reads what is watched, which is no change.
    let settle = || std::thread::sleep(Duration::from_millis(800));
    settle();
    let state = server.page("/_lookback/state");
    settle();
    assert_eq!(server.page("/_lookback/state"), state);
    assert!(server.page("/internal/postmortems/a/").contains("512 orders failed."));

    repository.write_uncommitted("lookback.yml", "nonsense: yes\n");
    server.wait_for("nonsense");
    // The last good build stays.
    assert!(server.page("/internal/postmortems/a/").contains("512 orders failed."));
    std::fs::remove_file(folder.join("lookback.yml")).unwrap();
    server.wait_for("\"problem\":null");
    assert!(!folder.join("site").exists(), "nothing is written");
}

#[test]
fn external_sites_show_what_is_written_and_say_that_nobody_reads_it() {
    let mut repository = TestRepository::new();
    repository.write("lookback.yml", "audiences: {public: {base_url: 'https://status.example/reports'}}\n");
    repository.write(PATH, REPORT).commit(APPROVED);
    let unapproved = REPORT.edit("title: Orders could not be placed", "title: Refunds were late").edit("Nothing was charged.", "");
    repository.write("postmortems/b.md", unapproved).commit("Write");
    let private = REPORT.edit("publish: true", "publish: false").edit("Nothing was charged", "Chrysanthemum");
    repository.write("postmortems/c.md", private).commit("Write");
    let folder = repository.checkout();
    let server = Running::start(&folder);
    let incident = "/public/incidents/2026-03-02-orders-could-not-be-placed/index.html";
    let page = server.page(incident);
    assert!(page.contains("Nothing was charged.") && !page.contains("class=\"preview\""), "{page}");
    let waiting = server.page("/public/incidents/2026-03-02-refunds-were-late/");
    assert!(waiting.contains("Preview: customers do not read this text yet.</strong>\nThey read nothing here. Needs one approval."), "{waiting}");
    assert!(!server.page("/public/").contains("Chrysanthemum"));

    repository.write_uncommitted(PATH, REPORT.edit("Nothing was charged", "Every charge was refunded"));
    server.wait_for(&format!("\"uncommitted\":[\"{PATH}\"]"));
    let page = server.page(incident);
    assert!(page.contains("Every charge was refunded"), "{page}");
    assert!(page.contains("Preview: this text is not committed.</strong>\nThey read the text that was approved before."), "{page}");
    assert!(server.page("/public/index.html").contains("<span class=\"preview\">preview</span>"));
    // Where nothing is, the page finds its way at any depth.
    let (status, missing) = server.get("/public/incidents/no/such/page/", "127.0.0.1");
    assert_eq!(status, "HTTP/1.1 404 Not Found");
    assert!(missing.contains("href=\"/public/index.html\""), "{missing}");

    // A build shows nothing of it.
    assert_eq!(lookback(&folder, &["build"]).code, 0);
    let public = files(&folder.join("site/public"));
    for written in ["Every charge was refunded", "Refunds were late", "preview"] {
        let holding: Vec<String> = holding(&public, written).into_iter().filter(|path| !path.ends_with(".css")).collect();
        assert_eq!(holding, [""; 0], "{written}");
    }
}

#[test]
fn other_hosts_and_methods_are_refused() {
    let mut repository = TestRepository::new();
    repository.write(PATH, REPORT).commit("Write");
    let server = Running::start(&repository.checkout());
    for host in ["evil.example", "evil.example:8420", "127.0.0.1.evil.example"] {
        assert_eq!(server.get("/internal/index.html", host).0, "HTTP/1.1 421 Misdirected Request", "{host}");
    }
    let port = server.address.rsplit(':').next().unwrap();
    assert_eq!(server.get("/internal/index.html", &format!("localhost:{port}")).0, "HTTP/1.1 200 OK");
    assert_eq!(server.get("/internal/../../etc/passwd", "localhost").0, "HTTP/1.1 404 Not Found");
}
