//! A web server on this machine that does as it is told, for tests only.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// What is answered at one path.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// These bytes, head and body, and then the end.
    Raw(Vec<u8>),
    /// These bytes, and then more of them for ever.
    Endless(Vec<u8>),
    /// These bytes, then one more at a time.
    Drip(Vec<u8>),
    /// Nothing at all.
    Silence,
    /// Nothing on a connection that was used before, this on a new one.
    Fresh(Vec<u8>),
}

impl Reply {
    /// A page of this type.
    pub(crate) fn page(content_type: &str, body: &str) -> Self {
        let length = body.len();
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n");
        Self::Raw(format!("{head}Connection: close\r\n\r\n{body}").into_bytes())
    }

    /// An answer with these headers and this body, after which the connection stays open.
    pub(crate) fn kept(code: u16, headers: &str, body: &[u8]) -> Self {
        // RFC 9110 §15.4.5: there is no body, and so no length.
        let length = if code == 304 { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
        Self::Raw([format!("HTTP/1.1 {code} So\r\n{headers}{length}\r\n").as_bytes(), body].concat())
    }

    /// A status without a page, and with these headers.
    pub(crate) fn status(code: u16, headers: &str) -> Self {
        Self::Raw(format!("HTTP/1.1 {code} So\r\n{headers}Content-Length: 0\r\nConnection: close\r\n\r\n").into_bytes())
    }
}

/// The server; it ends when it is dropped.
pub(crate) struct Server {
    port: u16,
    replies: Arc<Mutex<HashMap<String, Reply>>>,
    asked: Arc<Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// A server without a page.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let replies: Arc<Mutex<HashMap<String, Reply>>> = Arc::default();
        let (asked, ended): (Arc<Mutex<Vec<String>>>, Arc<AtomicBool>) = Default::default();
        let connections: Arc<AtomicUsize> = Arc::default();
        let (known, heard, end) = (Arc::clone(&replies), Arc::clone(&asked), Arc::clone(&ended));
        let count = Arc::clone(&connections);
        let serve = move || {
            for stream in listener.incoming() {
                if end.load(Ordering::Relaxed) {
                    return;
                }
                count.fetch_add(1, Ordering::SeqCst);
                let (known, heard, end) = (Arc::clone(&known), Arc::clone(&heard), Arc::clone(&end));
                let answer = move || {
                    let Ok(stream) = stream else { return };
                    let mut is_first = true;
                    while answer(&stream, &known, &heard, (&end, is_first)) == Some(Kept) {
                        is_first = false;
                    }
                };
                thread::Builder::new().spawn(answer).unwrap();
            }
        };
        let thread = Some(thread::Builder::new().spawn(serve).unwrap());
        Self { port, replies, asked, connections, ended, thread }
    }

    /// What is answered at a path from now on.
    pub(crate) fn put(&self, path: &str, reply: Reply) {
        self.replies.lock().unwrap().insert(path.to_owned(), reply);
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What was asked for, each with its headers.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Server {
    /// How many connections were made.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        // It looks up from its waiting.
        TcpStream::connect(("127.0.0.1", self.port)).ok();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

/// The connection stays open.
#[derive(PartialEq)]
struct Kept;

fn answer(
    stream: &TcpStream,
    replies: &Mutex<HashMap<String, Reply>>,
    asked: &Mutex<Vec<String>>,
    (ended, is_first): (&AtomicBool, bool),
) -> Option<Kept> {
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut head = Vec::new();
    while reader.read_until(b'\n', &mut head).ok()? > 2 {}
    // Each byte is a sign: what is sent may be no UTF-8.
    let head: String = head.into_iter().map(char::from).collect();
    let path = head.split_whitespace().nth(1)?.to_owned();
    asked.lock().unwrap().push(head);
    let reply = replies.lock().unwrap().get(&path).cloned();
    let mut stream = stream;
    match reply.unwrap_or_else(|| Reply::status(404, "")) {
        Reply::Raw(bytes) => {
            stream.write_all(&bytes).ok()?;
            let head = bytes.split(|byte| *byte == b'\n').take_while(|line| line.len() > 1);
            let closes = |line: &[u8]| line.to_ascii_lowercase().starts_with(b"connection: close");
            (!head.into_iter().any(closes)).then_some(Kept)
        }
        Reply::Fresh(bytes) => {
            if is_first {
                stream.write_all(&bytes).ok()?;
            }
            None
        }
        Reply::Endless(bytes) => {
            stream.write_all(&bytes).ok()?;
            let more = vec![b'a'; 1 << 16];
            while !ended.load(Ordering::Relaxed) {
                stream.write_all(&more).ok()?;
            }
            None
        }
        Reply::Drip(bytes) => {
            stream.write_all(&bytes).ok()?;
            while !ended.load(Ordering::Relaxed) {
                // The other side lets go of a page that comes so slowly; until then this is the pause.
                stream.set_read_timeout(Some(Duration::from_millis(20))).ok()?;
                reader.fill_buf().ok();
                stream.write_all(b"a").ok()?;
            }
            None
        }
        Reply::Silence => {
            reader.fill_buf().ok();
            None
        }
    }
}
