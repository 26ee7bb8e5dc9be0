//! Subscriptions, what they bring, and finding new ones.

use std::collections::HashSet;

use crate::article::SourceId;
use crate::command::{Command, Effect, FeedAnswer, FeedJob, FetchProgress, FetchSummary, Found, Notice};
use crate::feed::Subscriptions;
use crate::panes::articles::{choose, subscribe};
use crate::text::plural::{count, grouped};
use crate::text::sanitize::one_line;

use super::State;

/// What is being looked for at an address.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    /// The address.
    address: String,
    /// The folder a feed comes into.
    folder: Vec<String>,
}

impl State {
    pub(super) fn receive_about_feeds(&mut self, answer: FeedAnswer, effects: &mut Vec<Effect>) {
        match answer {
            FeedAnswer::Subscriptions { subscriptions, notices } => {
                if let Some(subscriptions) = subscriptions {
                    let has_any = subscriptions.all().next().is_some();
                    self.set_subscriptions(subscriptions);
                    // From the first key on the list is the reader's.
                    if has_any && !self.first_page.has_key {
                        self.articles.begin_with_unread();
                    }
                }
                for notice in notices {
                    self.tell(notice);
                }
            }
            FeedAnswer::Saved(Ok((subscriptions, done))) => {
                let known: HashSet<String> = self.shared.subscriptions.all().map(|feed| feed.url.clone()).collect();
                let is_new = |url: &String| !known.contains(url);
                let new: Vec<String> = subscriptions
                    .all()
                    .filter(|feed| !feed.is_paused)
                    .map(|feed| feed.url.clone())
                    .filter(is_new)
                    .collect();
                self.set_subscriptions(subscriptions);
                self.tell(Notice::done(done));
                if !new.is_empty() {
                    // Who subscribes wants to see what comes, or why nothing does.
                    effects.push(Effect::Feeds(FeedJob::Fetch { feeds: Some(new), is_asked_for: true }));
                }
            }
            FeedAnswer::Saved(Err(error)) => {
                let error = error.trim_end_matches('.');
                self.tell(Notice::error(format!("The subscription is NOT changed: {error}.")));
            }
            FeedAnswer::States(states) => {
                self.shared.feed_states = states.into_iter().collect();
                self.articles.refresh_sources(&self.shared);
            }
            FeedAnswer::Fetching(progress) => {
                let before = self.articles.fetching().map_or(0, |fetching| fetching.new);
                self.articles.set_fetching(Some(progress));
                if progress.new > before {
                    self.articles.refresh();
                }
            }
            FeedAnswer::Fetched(summary) => {
                self.articles.set_fetching(None);
                self.articles.refresh();
                self.notify(&summary, effects);
                if summary.is_asked_for {
                    let told = self.fetched(&summary);
                    self.tell(told);
                }
            }
            FeedAnswer::Found(reply) => {
                if let Some(found) = self.requests.find.accept(reply)
                    && let Some(finding) = self.finding.take()
                {
                    self.found(&finding, found, effects);
                }
            }
        }
    }

    fn set_subscriptions(&mut self, subscriptions: Subscriptions) {
        self.shared.subscriptions = subscriptions;
        self.articles.refresh_sources(&self.shared);
    }

    /// What came of fetching, in a sentence.
    fn fetched(&self, summary: &FetchSummary) -> Notice {
        let new = match summary.new {
            0 => format!("Nothing new in {}", count(summary.feeds, "feed")),
            new => count(new, "new article"),
        };
        let show = match self.shared.keymap.first_key(Command::ShowNew) {
            Some(key) if summary.new > 0 => format!(" (show: {key})"),
            _ => String::new(),
        };
        let changed =
            if summary.updated > 0 { format!(", {} changed", grouped(summary.updated)) } else { String::new() };
        if let Some((waiting, why)) = &summary.stopped {
            let why = one_line(why);
            let (why, waiting) = (why.trim_end_matches('.'), count(*waiting, "feed"));
            return Notice::error(format!("{new}{changed}; then fetching stopped before {waiting}: {why}."));
        }
        let key = self.shared.keymap.named(Command::ShowSources);
        match summary.failed.as_slice() {
            [] => Notice::done(format!("{new}{changed}.{show}")),
            [(name, why)] => {
                let why = one_line(why);
                let failed = format!("“{}” failed: {}.", one_line(name), why.trim_end_matches('.'));
                // Of the only feed that was asked nothing else is worth saying.
                let is_all = summary.feeds == 1 && summary.new == 0;
                Notice::hint(if is_all { failed } else { format!("{new}{changed}; {failed}") })
            }
            failed => {
                Notice::hint(format!("{new}{changed}; {} failed: {key} shows them.", count(failed.len(), "feed")))
            }
        }
    }

    /// Looks what there is at an address that was typed.
    pub(super) fn find_feeds(&mut self, address: String, effects: &mut Vec<Effect>) {
        let request = self.requests.find.request();
        let folder = std::mem::take(&mut self.adds_to);
        self.tell(Notice::hint(format!("Looking at {}…", one_line(&address))));
        effects.push(Effect::Feeds(FeedJob::Find { request, address: address.clone() }));
        self.finding = Some(Finding { address, folder });
    }

    fn found(&mut self, finding: &Finding, found: Result<Found, String>, effects: &mut Vec<Effect>) {
        let Finding { address, folder } = finding;
        match found {
            Ok(Found::Feed(feed)) => {
                let ask = subscribe(&feed, folder, &self.shared);
                self.answer(vec![ask], effects);
            }
            // Who types or picks meanwhile is not interrupted: the page is read, and its feeds are named there.
            Ok(Found::Page(feeds)) if !feeds.is_empty() && self.prompt.is_none() && self.overlay.is_none() => {
                // What was waited for is there.
                self.drop_hints();
                let ask = choose(address, &feeds, folder, &self.shared);
                self.answer(vec![ask], effects);
            }
            // What stands there instead of words is said when it is opened.
            Ok(Found::Page(feeds)) => {
                if feeds.is_empty() {
                    self.tell(Notice::hint("This page names no feed; it is listed as an article."));
                } else {
                    self.drop_hints();
                }
                self.open_named_page(SourceId::from_iri(address.as_str()), effects);
            }
            Err(error) => self.tell(Notice::error(error)),
        }
    }

    /// Whether a person asked for feeds that are being fetched.
    pub(super) fn is_fetching_feeds(&self) -> bool {
        self.articles.fetching().is_some_and(|fetching| fetching.is_asked_for)
    }

    /// Stops fetching; what came stays.
    pub(super) fn stop_fetching_feeds(&mut self, effects: &mut Vec<Effect>) {
        effects.push(Effect::Feeds(FeedJob::CancelFetch));
        let FetchProgress { done, total, .. } = self.articles.fetching().unwrap_or_default();
        self.articles.set_fetching(None);
        self.tell(Notice::hint(format!("Fetching stops after {} of {}.", grouped(done), count(total, "feed"))));
    }
}
