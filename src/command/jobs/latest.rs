//! Requests of which only the latest counts: whoever leafs through articles does not want those left behind.

use std::fmt;
use std::marker::PhantomData;

/// Makes requests that are answered with a `T`, and lets only the answer to the latest pass.
pub struct Latest<T> {
    number: u64,
    answer: PhantomData<fn() -> T>,
}

/// A request that is answered with a `T`.
pub struct Request<T> {
    number: u64,
    answer: PhantomData<fn() -> T>,
}

/// An answer whose value only [`Latest::accept`] gives out.
#[derive(Debug)]
pub struct Reply<T> {
    request: Request<T>,
    value: T,
}

impl<T> Latest<T> {
    /// A new request: those before it are not wanted any more.
    pub fn request(&mut self) -> Request<T> {
        self.cancel();
        Request { number: self.number, answer: PhantomData }
    }

    /// Nothing that was requested is wanted any more.
    pub fn cancel(&mut self) {
        self.number += 1;
    }

    /// Whether this is the latest request.
    pub fn is_latest(&self, request: Request<T>) -> bool {
        request.number == self.number
    }

    /// The value, if it answers the latest request.
    pub fn accept(&self, reply: Reply<T>) -> Option<T> {
        self.is_latest(reply.request).then_some(reply.value)
    }
}

impl<T> Request<T> {
    /// The answer to this request.
    pub fn reply(self, value: T) -> Reply<T> {
        Reply { request: self, value }
    }
}

impl<T> Default for Latest<T> {
    fn default() -> Self {
        Self { number: 0, answer: PhantomData }
    }
}

impl<T> Clone for Latest<T> {
    fn clone(&self) -> Self {
        Self { number: self.number, answer: PhantomData }
    }
}

impl<T> Clone for Request<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Request<T> {}

impl<T> fmt::Debug for Latest<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Latest({})", self.number)
    }
}

impl<T> fmt::Debug for Request<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Request({})", self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_answer_to_the_latest_request_passes_and_none_after_it_was_called_off() {
        let mut latest = Latest::default();
        let (first, second) = (latest.request(), latest.request());
        assert_eq!(latest.accept(first.reply("first")), None);
        assert_eq!(latest.accept(second.reply("second")), Some("second"));
        latest.cancel();
        assert_eq!(latest.accept(second.reply("second")), None);
    }
}
