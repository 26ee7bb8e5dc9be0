//! Reads what is told to the servers of feeds: the tables `[feeds."example.org"]`.

use toml::de::{DeTable, DeValue};

use super::{SettingsReader, entries, shown};
use crate::config::feed_access::{FeedAccess, Secret};
use crate::config::problem::{did_you_mean, quoted};

/// Every name of a table.
const NAMES: [&str; 4] = ["user", "password", "password-command", "headers"];
/// Headers that belong to the connection and not to the reader.
const NOT_OURS: [&str; 7] = [
    "host",
    "connection",
    "content-length",
    "transfer-encoding",
    "accept-encoding",
    "if-none-match",
    "if-modified-since",
];

impl SettingsReader<'_, '_, '_> {
    pub(super) fn feeds(&mut self, value: &DeValue<'_>, at: usize) -> Option<()> {
        let example = || Some("write them under a host, as in [feeds.\"example.org\"]".to_owned());
        let Some(places) = value.as_table() else {
            self.problems.add(at, format!("feeds must be a table, not {}", shown(value)), example);
            return None;
        };
        for (place, at, value) in entries(places) {
            let Some(table) = value.get_ref().as_table() else {
                self.problems.add(at, format!("{} is not in a table of a host", quoted(place)), example);
                continue;
            };
            if FeedAccess::parse(place).is_none() {
                let what = format!("{} is neither a host nor the beginning of an address", quoted(place));
                self.problems.add(at, what, example);
                continue;
            }
            let access = self.feed_access(place, at, table);
            self.settings.feeds.push(access);
        }
        Some(())
    }

    fn feed_access(&mut self, place: &str, at: usize, table: &DeTable<'_>) -> FeedAccess {
        let line = self.problems.line(at);
        let (user, password, password_command, headers) = (None, None, None, Vec::new());
        let mut access = FeedAccess { place: place.to_owned(), user, password, password_command, headers, line };
        for (name, at, value) in entries(table) {
            let value_at = value.span().start;
            match (name, value.get_ref()) {
                // RFC 7617 §2: what stands before the first colon is the name.
                ("user", DeValue::String(user)) if user.contains(':') => {
                    self.problems.add(value_at, "a user must not contain a colon".to_owned(), || None);
                }
                ("user", DeValue::String(user)) => access.user = Some(user.to_string()),
                ("password", DeValue::String(password)) => access.password = Some(Secret(password.to_string())),
                ("password-command", DeValue::String(command)) => access.password_command = Some(command.to_string()),
                ("headers", DeValue::Table(headers)) => access.headers = self.headers(headers),
                ("headers", _) => {
                    let hint = || Some("for example headers = { \"X-Token\" = \"…\" }".to_owned());
                    self.problems.add(value_at, "headers must be a table".to_owned(), hint);
                }
                // The value is not shown: it may be a secret.
                (name, _) if NAMES.contains(&name) => {
                    self.problems.add(value_at, format!("{name} must be a text"), || None);
                }
                (name, _) => {
                    let hint = || did_you_mean(name, NAMES).or_else(|| Some(format!("there are {}", NAMES.join(", "))));
                    self.problems.add(at, format!("unknown name {} of a feed", quoted(name)), hint);
                }
            }
        }
        self.check_password(&mut access, at);
        access
    }

    fn check_password(&mut self, access: &mut FeedAccess, at: usize) {
        let has_password = access.password.is_some() || access.password_command.is_some();
        if access.password.is_some() && access.password_command.is_some() {
            let hint = || Some("the command is used".to_owned());
            self.problems.add(at, format!("{} has a password and a password-command", quoted(&access.place)), hint);
            access.password = None;
        }
        if has_password != access.user.is_some() {
            let (has, lacks) = if has_password { ("a password", "user") } else { ("a user", "password") };
            let what = format!("{} has {has} and no {lacks}; it is not sent", quoted(&access.place));
            self.problems.add(at, what, || None);
            (access.user, access.password, access.password_command) = (None, None, None);
        }
    }

    /// Headers whose names and values can be sent (RFC 9110 §5).
    fn headers(&mut self, table: &DeTable<'_>) -> Vec<(String, Secret)> {
        let mut headers = Vec::new();
        for (name, at, value) in entries(table) {
            let is_name =
                !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b));
            let is_ours = !NOT_OURS.contains(&name.to_ascii_lowercase().as_str());
            match value.get_ref().as_str() {
                Some(value) if is_name && is_ours && !value.contains(|c: char| c.is_control()) => {
                    headers.push((name.to_owned(), Secret(value.trim().to_owned())));
                }
                _ if !is_name || !is_ours => {
                    self.problems.add(at, format!("{} is no header that can be set", quoted(name)), || None);
                }
                _ => self.problems.add(at, format!("the header {} must be one line of text", quoted(name)), || None),
            }
        }
        headers
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{KnownNames, Secret, Settings};

    const KNOWN: KnownNames<'static> = KnownNames { file: "config.toml", scopes: &[], commands: &[], kinds: &[] };

    #[test]
    fn a_name_a_password_and_headers_are_read_and_not_shown() {
        let text = "[feeds.\"example.org\"]\nuser = \"ana\"\npassword = \"open sesame\"\n\
                    [feeds.\"https://example.com/a\"]\nuser = \"bo\"\npassword-command = \"pass feeds\"\n\
                    headers = { \"X-Token\" = \"swordfish\" }\n";
        let (settings, problems) = Settings::from_toml(text, &KNOWN);
        assert!(problems.is_empty(), "{problems:?}");
        let [first, second] = settings.feeds.as_slice() else { panic!("{:?}", settings.feeds) };
        assert_eq!((first.user.as_deref(), first.line), (Some("ana"), 1));
        assert_eq!(first.password, Some(Secret("open sesame".to_owned())));
        assert_eq!(second.password_command.as_deref(), Some("pass feeds"));
        assert_eq!(second.headers, [("X-Token".to_owned(), Secret("swordfish".to_owned()))]);
        let shown = format!("{}{settings:?}", settings.to_toml("config.toml"));
        assert!(!shown.contains("sesame") && !shown.contains("swordfish"), "{shown}");
        assert!(settings.has_secrets());
        let (again, problems) = Settings::from_toml(&settings.to_toml("config.toml"), &KNOWN);
        assert!(again.feeds.len() == 2 && problems.len() == 1, "all but the password is valid: {problems:?}");
    }

    #[test]
    fn a_mistake_is_told_with_its_line_and_costs_only_what_it_is_about() {
        for (text, wanted) in [
            ("feeds = 1", "line 1: feeds must be a table, not 1"),
            ("[feeds]\nuser = \"x\"", "line 2: \"user\" is not in a table of a host"),
            ("[feeds.\"ftp://example.org\"]", "line 1: \"ftp://example.org\" is neither a host nor"),
            ("[feeds.\"a.org\"]\nusr = \"x\"", "line 2: unknown name \"usr\" of a feed; did you mean \"user\"?"),
            ("[feeds.\"a.org\"]\nuser = 1", "line 2: user must be a text"),
            ("[feeds.\"a.org\"]\nuser = \"x\"", "line 1: \"a.org\" has a user and no password; it is not sent"),
            ("[feeds.\"a.org\"]\npassword = \"x\"", "line 1: \"a.org\" has a password and no user"),
            ("[feeds.\"a.org\"]\nheaders = 1", "line 2: headers must be a table"),
            ("[feeds.\"a.org\"]\nheaders = { Host = \"x\" }", "\"Host\" is no header that can be set"),
            ("[feeds.\"a.org\"]\nheaders = { \"a b\" = \"x\" }", "\"a b\" is no header that can be set"),
            ("[feeds.\"a.org\"]\nheaders = { a = \"x\\ny\" }", "the header \"a\" must be one line of text"),
            (
                "[feeds.\"a.org\"]\nuser = \"x\"\npassword = \"secret\"\npassword-command = \"y\"",
                "line 1: \"a.org\" has a password and a password-command; the command is used",
            ),
        ] {
            let (_, problems) = Settings::from_toml(text, &KNOWN);
            let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
            assert!(told.len() == 1 && told[0].contains(wanted) && !told[0].contains("secret"), "{text}: {told:?}");
        }
    }
}
