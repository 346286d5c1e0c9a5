//! A scripted web server on loopback: a function from request to raw response, and a log of what was asked.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A request as the server saw it.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) at: Instant,
    /// Path and query.
    pub(crate) path: String,
    /// The whole head, as sent.
    pub(crate) head: String,
    /// How often this path was asked before.
    pub(crate) earlier: usize,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v)
    }
}

pub(crate) struct Server {
    pub(crate) base: String,
    log: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Serves until the test's process ends.
    pub(crate) fn start(answer: impl Fn(&Asked) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let log: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let (answer, shared) = (Arc::new(answer), Arc::clone(&log));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, log) = (Arc::clone(&answer), Arc::clone(&shared));
                std::thread::spawn(move || serve(stream, &log, &*answer));
            }
        });
        Self { base, log }
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.log.lock().unwrap().clone()
    }

    /// How often this path was asked for.
    pub(crate) fn count(&self, path: &str) -> usize {
        self.asked().iter().filter(|asked| asked.path == path).count()
    }

    pub(crate) fn forget(&self) {
        self.log.lock().unwrap().clear();
    }
}

fn serve(mut stream: TcpStream, log: &Mutex<Vec<Asked>>, answer: &dyn Fn(&Asked) -> Vec<u8>) {
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let mut head = Vec::new();
    let mut byte = [0_u8; 1];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let asked = {
        let mut log = log.lock().unwrap();
        let earlier = log.iter().filter(|before| before.path == path).count();
        log.push(Asked { at: Instant::now(), path, head, earlier });
        log.last().unwrap().clone()
    };
    let _ = stream.write_all(&answer(&asked));
}

/// A response with these headers (each `Name: value`) and body.
pub(crate) fn respond(status: u16, headers: &[&str], body: &str) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    if !headers.iter().any(|header| header.to_ascii_lowercase().starts_with("content-type")) {
        head.push_str("Content-Type: text/html; charset=utf-8\r\n");
    }
    for header in headers {
        head.push_str(header);
        head.push_str("\r\n");
    }
    (head + "\r\n" + body).into_bytes()
}

/// A response that promises more than it gives.
pub(crate) fn cut_off(body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{body}",
        body.len() + 500
    )
    .into_bytes()
}
