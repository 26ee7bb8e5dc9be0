//! Which feed is asked for next: hosts take turns, few feeds of one are asked for at once, and a host that asks for
//! patience gets it for all of its feeds.
//!
//! Some servers mean only the one feed by "too many requests", others all that they have. After such an answer the feeds of
//! that host are tried one at a time: as soon as one is not refused, the host means only some; when [`PROBES`] of them are refused
//! as well, all others wait.

use std::collections::{HashMap, VecDeque};

use jiff::Timestamp;

use crate::article::address::WebAddress;

/// Most feeds of one host that are asked for at once.
const AT_ONCE: usize = 4;
/// How many more feeds are refused until a host is believed to mean all of them.
const PROBES: usize = 2;

/// The feeds that are still to be asked for, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Queue {
    hosts: HashMap<String, Host>,
    /// Hosts that have feeds waiting, the next first.
    turns: VecDeque<String>,
    running: usize,
}

#[derive(Debug, Default)]
struct Host {
    waiting: VecDeque<usize>,
    running: usize,
    doubt: Option<Doubt>,
}

/// A host has refused a feed, and it is not clear whether it means all of them.
#[derive(Debug)]
struct Doubt {
    until: Option<Timestamp>,
    refused: usize,
    /// The feed that is tried.
    probe: Option<usize>,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Ask for this one.
    Ask(usize),
    /// Wait until another has come.
    Wait,
    /// There is none left.
    End,
}

/// What a host said to a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It answered.
    Answered,
    /// It asks for patience, until then if it says so.
    TooMany(Option<Timestamp>),
    /// Nothing that tells whether it would answer for another feed.
    Silent,
}

/// A feed that is not asked for, since its host wants none of them asked for now.
pub(super) type Held = (usize, Option<Timestamp>);

impl Queue {
    /// A queue of feeds, each with its host.
    pub(super) fn new(feeds: impl IntoIterator<Item = (usize, String)>) -> Self {
        let mut queue = Self::default();
        for (feed, host) in feeds {
            if !queue.hosts.contains_key(&host) {
                queue.turns.push_back(host.clone());
            }
            queue.hosts.entry(host).or_default().waiting.push_back(feed);
        }
        queue
    }

    /// What is next.
    pub(super) fn next(&mut self) -> Next {
        for _ in 0..self.turns.len() {
            let Some(name) = self.turns.pop_front() else { break };
            let Some(host) = self.hosts.get_mut(&name) else { continue };
            let feed = if host.has_room() { host.waiting.pop_front() } else { None };
            if let (Some(doubt), Some(feed)) = (&mut host.doubt, feed) {
                doubt.probe = Some(feed);
            }
            host.running += usize::from(feed.is_some());
            if !host.waiting.is_empty() {
                self.turns.push_back(name);
            }
            if let Some(feed) = feed {
                self.running += 1;
                return Next::Ask(feed);
            }
        }
        if self.turns.is_empty() { Next::End } else { Next::Wait }
    }

    /// A feed was asked for at its host. Gives those that are not asked for any more.
    pub(super) fn done(&mut self, feed: usize, host: &str, verdict: Verdict) -> Vec<Held> {
        self.running = self.running.saturating_sub(1);
        let Some(host) = self.hosts.get_mut(host) else { return Vec::new() };
        host.running = host.running.saturating_sub(1);
        let is_probe = host.doubt.as_ref().is_some_and(|doubt| doubt.probe == Some(feed));
        match (verdict, &mut host.doubt) {
            (Verdict::TooMany(until), None) => host.doubt = Some(Doubt { until, refused: 0, probe: None }),
            (Verdict::TooMany(until), Some(doubt)) => {
                doubt.until = doubt.until.max(until);
                if is_probe {
                    (doubt.probe, doubt.refused) = (None, doubt.refused + 1);
                }
                if doubt.refused >= PROBES {
                    let until = doubt.until;
                    return host.waiting.drain(..).map(|feed| (feed, until)).collect();
                }
            }
            // One that keeps silent is not refused, and one after the other they would take for ever.
            (Verdict::Answered | Verdict::Silent, Some(_)) if is_probe => host.doubt = None,
            (Verdict::Answered | Verdict::Silent, _) => {}
        }
        Vec::new()
    }
}

impl Host {
    fn has_room(&self) -> bool {
        match &self.doubt {
            None => self.running < AT_ONCE,
            Some(doubt) => self.running == 0 && doubt.probe.is_none(),
        }
    }
}

/// The host of a feed, with its port: a machine with several servers is several. What is no page of the web has none, and
/// is a host of its own: a command waits for no other.
pub(super) fn host_of(address: &str) -> String {
    WebAddress::parse(address).map_or_else(
        || address.to_owned(),
        |address| match address.port() {
            Some(port) => format!("{}:{port}", address.host()),
            None => address.host().to_owned(),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(hosts: &[(&str, usize)]) -> Queue {
        let feeds = hosts.iter().flat_map(|(host, count)| (0..*count).map(|_| (*host).to_owned()));
        Queue::new(feeds.enumerate())
    }

    fn all(queue: &mut Queue) -> Vec<usize> {
        std::iter::from_fn(|| if let Next::Ask(feed) = queue.next() { Some(feed) } else { None }).collect()
    }

    #[test]
    fn hosts_take_turns_and_none_is_asked_for_more_than_four_at_once() {
        let mut queue = queue(&[("a", 6), ("b", 2)]);
        assert_eq!(all(&mut queue), [0, 6, 1, 7, 2, 3]);
        assert_eq!(queue.next(), Next::Wait);
        assert_eq!(queue.done(2, "a", Verdict::Answered), []);
        assert_eq!(all(&mut queue), [4]);
        queue.done(6, "b", Verdict::Silent);
        queue.done(0, "a", Verdict::Silent);
        assert_eq!((all(&mut queue), queue.next()), (vec![5], Next::End));
    }

    #[test]
    fn a_host_that_refuses_one_feed_is_tried_with_one_and_goes_on_as_before_if_that_comes() {
        let mut queue = queue(&[("a", 9), ("b", 1)]);
        assert_eq!(all(&mut queue), [0, 9, 1, 2, 3]);
        queue.done(1, "a", Verdict::TooMany(None));
        // Those on their way are waited for: what they bring tells nothing.
        for feed in [0, 2, 3] {
            assert_eq!(queue.next(), Next::Wait);
            assert_eq!(queue.done(feed, "a", Verdict::Answered), []);
        }
        assert_eq!(all(&mut queue), [4]);
        queue.done(4, "a", Verdict::Answered);
        assert_eq!(all(&mut queue), [5, 6, 7, 8]);
    }

    #[test]
    fn feeds_that_keep_silent_at_a_host_that_refused_one_are_not_waited_for_one_by_one() {
        let mut queue = queue(&[("a", 9)]);
        assert_eq!(all(&mut queue), [0, 1, 2, 3]);
        queue.done(0, "a", Verdict::TooMany(None));
        (1..4).for_each(|feed| drop(queue.done(feed, "a", Verdict::Answered)));
        assert_eq!(all(&mut queue), [4]);
        queue.done(4, "a", Verdict::Silent);
        assert_eq!(all(&mut queue), [5, 6, 7, 8]);
    }

    #[test]
    fn a_host_that_refuses_all_feeds_is_left_alone_until_the_latest_time_it_names() {
        let [soon, late] = [10, 20].map(|second| Some(Timestamp::from_second(second).unwrap()));
        let mut queue = queue(&[("a", 9), ("b", 1)]);
        all(&mut queue);
        for feed in 0..4 {
            assert_eq!(queue.done(feed, "a", Verdict::TooMany(soon)), []);
        }
        assert_eq!(all(&mut queue), [4]);
        assert_eq!(queue.done(4, "a", Verdict::TooMany(late)), []);
        assert_eq!(all(&mut queue), [5]);
        assert_eq!(queue.done(5, "a", Verdict::TooMany(None)), [(6, late), (7, late), (8, late)]);
        assert_eq!(queue.next(), Next::End);
    }
}
