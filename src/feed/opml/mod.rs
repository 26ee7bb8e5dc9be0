//! OPML, the file in which subscriptions are kept and handed on: read, and changed in place.
//!
//! Others write there too, an editor or another reader, and what they wrote must survive: so nothing is written anew, but
//! ranges of the text are replaced ([`edit`]).

mod edit;
mod outline;
mod splice;
mod tag;

pub(super) use edit::{Change, declared, edited, with_namespaces, without_unfit};
pub(super) use outline::{MAX_DEPTH, Outlines};
pub use outline::{MAX_FEEDS, NoOpml, OpmlFault};

/// What the first subscription finds.
pub(super) const EMPTY: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>Feeds in \
                         dateline</title>\n  </head>\n  <body>\n  </body>\n</opml>\n";
