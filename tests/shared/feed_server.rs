//! A server of feeds on this machine, for tests.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

/// How long a loaded machine may take for anything.
const TIMEOUT: Duration = Duration::from_secs(120);

/// A server of feeds, each with its whole answer, for as long as the test runs.
pub(crate) struct Server {
    port: u16,
    answers: Arc<Mutex<HashMap<String, String>>>,
    /// How many requests were answered.
    answered: Arc<(Mutex<usize>, Condvar)>,
}

impl Server {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let answers: Arc<Mutex<HashMap<String, String>>> = Arc::default();
        let answered: Arc<(Mutex<usize>, Condvar)> = Arc::default();
        let (known, count) = (Arc::clone(&answers), Arc::clone(&answered));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A connection that is kept open keeps nobody waiting.
                let (known, count) = (Arc::clone(&known), Arc::clone(&count));
                thread::spawn(move || answer(stream, &known, &count));
            }
        });
        Self { port, answers, answered }
    }

    pub(crate) fn put(&self, path: &str, status: &str, headers: &str, body: &str) {
        let length = body.len();
        let answer =
            format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}");
        self.answers.lock().unwrap().insert(path.to_owned(), answer);
    }

    /// How many requests were answered so far.
    #[allow(dead_code, reason = "not every test counts")]
    pub(crate) fn answered(&self) -> usize {
        *self.answered.0.lock().unwrap()
    }

    /// Waits until so many requests were answered, as long as a loaded machine may take.
    #[allow(dead_code, reason = "not every test counts")]
    pub(crate) fn wait_for(&self, count: usize) {
        let (answered, changed) = &*self.answered;
        let waited = changed.wait_timeout_while(answered.lock().unwrap(), TIMEOUT, |answered| *answered < count);
        let (answered, waited) = waited.unwrap();
        assert!(!waited.timed_out(), "{} of {count} requests came", *answered);
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

fn answer(mut stream: TcpStream, known: &Mutex<HashMap<String, String>>, answered: &(Mutex<usize>, Condvar)) {
    let mut head = String::new();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    while reader.read_line(&mut head).is_ok_and(|read| read > 2) {}
    let path = head.split_whitespace().nth(1).unwrap_or_default();
    let answer = known.lock().unwrap().get(path).cloned();
    let answer =
        answer.unwrap_or_else(|| "HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned());
    stream.write_all(answer.as_bytes()).unwrap_or_default();
    stream.shutdown(std::net::Shutdown::Write).unwrap_or_default();
    *answered.0.lock().unwrap() += 1;
    answered.1.notify_all();
    stream.read_to_end(&mut Vec::new()).unwrap_or_default();
}
