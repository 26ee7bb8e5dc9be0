//! Tests of reading and writing settings.

use proptest::prelude::*;

use super::{reader::NAMES, *};
use crate::command::key::parse_keys;

const KNOWN: KnownNames<'static> = KnownNames {
    file: "config.toml",
    scopes: &["everywhere", "list", "articles", "reader", "selecting", "bookmarks", "entities"],
    commands: &["quit", "bookmark-place", "next-article", "find"],
    kinds: &["person", "place", "organisation", "date", "money"],
};

fn read(text: &str) -> (Settings, Vec<String>) {
    let (settings, problems) = Settings::from_toml(text, &KNOWN);
    (settings, problems.iter().map(ToString::to_string).collect())
}

/// What the file says about keys and values, without where it says so.
fn bound(settings: &Settings) -> Vec<(String, String, Option<&str>)> {
    let keys = |binding: &KeyBinding| crate::command::key::show_keys(&binding.keys);
    settings.keys.iter().map(|binding| (binding.scope.clone(), keys(binding), binding.command.as_deref())).collect()
}

fn values(settings: &Settings) -> Settings {
    let mut settings = settings.clone();
    settings.layers.clear();
    settings.keys.iter_mut().for_each(|binding| binding.line = 0);
    settings
}

#[test]
fn the_documented_file_says_exactly_the_defaults_and_names_every_setting() {
    let (settings, problems) = read(DEFAULT_TOML);
    assert_eq!(problems, [""; 0]);
    assert_eq!(values(&settings), Settings::default());
    for name in NAMES.into_iter().filter(|name| !["keys", "feeds"].contains(name)) {
        assert!(matches!(settings.layer(name), settings::Layer::File(_)), "assets/config.toml does not set {name}");
    }
    assert!(DEFAULT_TOML.contains("[keys.") && DEFAULT_TOML.contains("[feeds."));
    for name in ColorChoice::NAMED.map(|(name, _)| name).into_iter().chain(ThemeChoice::NAMED.map(|(name, _)| name)) {
        assert!(DEFAULT_TOML.contains(&format!("{name:?}")), "assets/config.toml does not mention {name}");
    }
    assert!(DEFAULT_TOML.lines().all(|line| line.chars().count() <= 100));
}

#[test]
fn every_setting_is_read() {
    let (settings, problems) = read(
        "color = 'never'\ntheme = \"light\"\nmeasure = 0x48\njustify = true\nhyphenate = true\nmouse = false\nca-file = '~/own.pem'\nkeep = 5_000\n\
         hidden-kinds = [\"date\", \"money\", \"date\"]\nplayer = 'vlc %u'\npipe = 'sort | lp'\nnotify-command = 'say %n'\nfetch-interval = 0\n\
         [openers]\n'*.pdf' = 'zathura'\n'a.org' = 'b'\n[keys.reader]\n\"g x\" = 'bookmark-place'\n'ctrl-q' = ''\nz = false",
    );
    assert_eq!(problems, [""; 0]);
    assert_eq!(
        (settings.color, settings.theme, settings.measure, settings.justify, settings.hyphenate, settings.mouse),
        (ColorChoice::Never, ThemeChoice::Light, 72, true, true, false)
    );
    assert_eq!((settings.ca_file.as_str(), settings.keep), ("~/own.pem", 5000));
    assert_eq!(settings.hidden_kinds, ["date", "money"]);
    assert_eq!((&*settings.player, &*settings.pipe, &*settings.notify_command), ("vlc %u", "sort | lp", "say %n"));
    let opener = |pattern: &str, command: &str| Opener { pattern: pattern.into(), command: command.into() };
    assert_eq!(settings.openers, [opener("*.pdf", "zathura"), opener("a.org", "b")]);
    let reader = || "reader".to_owned();
    assert_eq!(
        bound(&settings),
        [
            (reader(), "g x".into(), Some("bookmark-place")),
            (reader(), "C-q".into(), None),
            (reader(), "z".into(), None)
        ]
    );
    assert_eq!((settings.fetch_interval, settings.fetch_interval()), (0, None));
    assert_eq!(settings.keys[1].line, 19);
    assert_eq!(
        (settings.layer("measure"), settings.layer("keys")),
        (settings::Layer::File(3), settings::Layer::File(17))
    );
}

#[test]
fn every_mistake_is_reported_with_its_line_and_a_suggestion() {
    for (text, wanted) in [
        ("\n\nmesure = 70", "config.toml line 3: unknown setting \"mesure\"; did you mean \"measure\"?"),
        (
            "speed = 1",
            "config.toml line 1: unknown setting \"speed\"; the settings are color, theme, measure, justify, \
             hyphenate, mouse, ca-file, keep, hidden-kinds, player, pipe, notify-command, fetch-interval, openers, feeds, keys",
        ),
        ("keep = 10", "config.toml line 1: keep must be a whole number from 1000 to 10000000, not 10; 100000 is used"),
        (
            "color = \"allways\"",
            "config.toml line 1: color must be \"auto\" or \"always\" or \"never\", not \"allways\"; \
             did you mean \"always\"?",
        ),
        ("theme = 3", "config.toml line 1: theme must be \"auto\" or \"dark\" or \"light\", not 3"),
        ("measure = 300", "config.toml line 1: measure must be a whole number from 20 to 200, not 300; 66 is used"),
        (
            "fetch-interval = \"1h\"",
            "config.toml line 1: fetch-interval must be a whole number from 0 to 10080, not \"1h\"; 30 is used",
        ),
        ("measure = -5", "config.toml line 1: measure must be a whole number from 20 to 200, not -5; 66 is used"),
        (
            "measure = \"wide\"",
            "config.toml line 1: measure must be a whole number from 20 to 200, not \"wide\"; 66 is used",
        ),
        ("mouse = \"yes\"", "config.toml line 1: mouse must be true or false, not \"yes\""),
        (
            "hidden-kinds = \"date\"",
            "config.toml line 1: hidden-kinds must be a list of kinds, not \"date\"; \
             for example hidden-kinds = [\"date\"]",
        ),
        (
            "hidden-kinds = [\n  \"date\",\n  \"organization\"]",
            "config.toml line 3: unknown kind of entity \"organization\"; did you mean \"organisation\"?",
        ),
        (
            "player = true",
            "config.toml line 1: player must be a command, not true; for example player = \"mpv --force-window %u\"",
        ),
        (
            "notify-command = \"say 'it\"",
            "config.toml line 1: notify-command is no command: a quote is not closed; \
             for example notify-command = \"notify-send '%n new' %t\"",
        ),
        ("pipe = 3", "config.toml line 1: pipe must be a command, not 3; for example pipe = \"lp\""),
        (
            "openers = \"mpv\"",
            "config.toml line 1: openers must be a table, not \"mpv\"; \
             for example \"youtube.com\" = \"mpv %u\" under [openers]",
        ),
        (
            "[openers]\n\"a.org\" = 3",
            "config.toml line 2: [openers] what opens \"a.org\" is no command: it is 3; \
             for example \"youtube.com\" = \"mpv %u\" under [openers]",
        ),
        (
            "keys = 1",
            "config.toml line 1: keys must be a table, not 1; write them under their scope, as in [keys.reader]",
        ),
        (
            "[keys]\n\"C-x\" = \"quit\"",
            "config.toml line 2: the keys \"C-x\" are not in a scope; \
             write them under their scope, as in [keys.reader]",
        ),
        ("[keys.raeder]\nx = \"quit\"", "config.toml line 1: unknown scope \"raeder\"; did you mean \"reader\"?"),
        ("[keys.list]\nx = \"qiut\"", "config.toml line 2: unknown command \"qiut\"; did you mean \"quit\"?"),
        ("[keys.list]\nx = 3", "config.toml line 2: keys must name a command, not 3; \"\" unbinds the keys"),
        (
            "[keys.list]\ngg = \"quit\"",
            "config.toml line 2: [keys.list] no key is called \"gg\"; did you mean \"g g\"?",
        ),
        (
            "[keys.list]\n\"C-d\" = \"quit\"\n\"ctrl-d\" = \"find\"",
            "config.toml line 3: [keys.list] \"ctrl-d\" is already bound on line 2; the first binding is used",
        ),
        (
            "\"a\\u001b[2J\" = 1",
            "config.toml line 1: unknown setting \"a\\u{1b}[2J\"; the settings are color, theme, measure, justify, \
             hyphenate, mouse, ca-file, keep, hidden-kinds, player, pipe, notify-command, fetch-interval, openers, \
             feeds, keys",
        ),
    ] {
        let (_, problems) = read(text);
        assert_eq!(problems, [wanted], "{text}");
    }
}

#[test]
fn one_mistake_does_not_affect_other_settings() {
    let (settings, problems) = read("measure = 10\njustify = true\nx = 1\n[keys.list]\nq = \"quit\"\ngg = \"quit\"");
    assert_eq!(problems.len(), 3);
    assert_eq!((settings.measure, settings.justify, settings.keys.len()), (66, true, 1));
    assert_eq!(settings.layer("measure"), settings::Layer::Default);
}

#[test]
fn a_file_that_is_not_toml_is_ignored_and_reported_with_its_line() {
    let (settings, problems) = read("justify = true\nmeasure = \"66\n");
    assert_eq!(settings, Settings::default());
    assert!(problems[0].starts_with("config.toml line 2: "), "{problems:?}");
    assert!(problems[0].ends_with("; nothing in this file is used until it is valid TOML"), "{problems:?}");
    let (settings, problems) = read("measure = 70\nmeasure = 71\n");
    assert_eq!((settings.measure, problems.len()), (66, 1));
    assert!(problems[0].starts_with("config.toml line 2: "), "{problems:?}");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_no_mistakes() {
    let (settings, problems) = read("\u{feff}measure = 70\r\njustify = true\r\n");
    assert_eq!((settings.measure, settings.justify, problems.len()), (70, true, 0));
}

#[test]
fn the_number_of_mistakes_is_limited() {
    let flood = (0..20_000).map(|number| format!("mesure{number} = 1")).collect::<Vec<_>>().join("\n");
    let (_, problems) = read(&flood);
    assert_eq!(problems.len(), 51);
    assert_eq!(problems[50], "config.toml line 50: and 19950 more mistakes");
    let deep = "[".repeat(100_000);
    assert!(!read(&format!("hidden-kinds = {deep}")).1.is_empty());
}

#[test]
fn shown_settings_say_where_they_come_from() {
    let (mut settings, _) = read("measure = 72\n[keys.reader]\n'g \"' = 'find'\n'\\' = ''");
    settings.set_color_by_flag(ColorChoice::Always);
    let shown = settings.to_toml("config.toml");
    let lines: Vec<String> = shown.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        lines,
        [
            "color = \"always\" # command line",
            "theme = \"auto\" # default",
            "measure = 72 # config.toml line 1",
            "justify = false # default",
            "hyphenate = false # default",
            "mouse = true # default",
            "ca-file = \"\" # default",
            "keep = 100000 # default",
            "hidden-kinds = [] # default",
            "player = \"\" # default",
            "pipe = \"\" # default",
            "notify-command = \"\" # default",
            "fetch-interval = 30 # default",
            "",
            "[keys.\"reader\"]",
            "\"g \\\"\" = \"find\" # config.toml line 3",
            "\"\\\\\" = \"\" # config.toml line 4",
        ]
    );
}

fn any_settings() -> impl Strategy<Value = Settings> {
    let binding = (0..KNOWN.scopes.len(), "[!-~]( [!-~]){0,2}", prop::option::of(0..KNOWN.commands.len()));
    let page = (0..3usize, 0..3usize, MEASURE, any::<[bool; 3]>());
    let kinds = prop::sample::subsequence(KNOWN.kinds, 0..=KNOWN.kinds.len());
    let opener = ("[!-~]{1,9}", "[a-z]{1,5}( %[a-z%]){0,2}").prop_map(|(pattern, command)| Opener { pattern, command });
    let programs = (prop::collection::vec(opener, 0..4), "[a-z]{0,5}", "\\PC{0,8}");
    let all = (page, kinds, programs, prop::collection::vec(binding, 0..8));
    all.prop_map(|((color, theme, measure, switches), kinds, (mut openers, player, pipe), keys)| {
        openers.sort_by(|one: &Opener, other| one.pattern.cmp(&other.pattern));
        openers.dedup_by(|one, other| one.pattern == other.pattern);
        let mut settings = Settings {
            color: ColorChoice::NAMED[color].1,
            theme: ThemeChoice::NAMED[theme].1,
            measure,
            justify: switches[0],
            hyphenate: switches[1],
            mouse: switches[2],
            hidden_kinds: kinds.into_iter().map(String::from).collect(),
            openers,
            player,
            pipe: pipe.trim().to_owned(),
            ..Settings::default()
        };
        for (scope, keys, command) in keys {
            let (scope, keys) = (KNOWN.scopes[scope].to_owned(), parse_keys(&keys).unwrap());
            if !settings.keys.iter().any(|other| other.scope == scope && other.keys == keys) {
                let command = command.map(|command| KNOWN.commands[command].to_owned());
                settings.keys.push(KeyBinding { scope, keys, command, line: 0 });
            }
        }
        settings.keys.sort_by(|one, other| one.scope.cmp(&other.scope));
        settings
    })
}

proptest! {
    #[test]
    fn shown_settings_read_back_the_same(settings in any_settings()) {
        let (again, problems) = read(&settings.to_toml("config.toml"));
        prop_assert_eq!(problems, Vec::<String>::new());
        prop_assert_eq!(values(&again), settings);
    }

    #[test]
    fn no_text_panics_or_puts_a_control_character_into_a_message(text in "(?s)([a-z\"'=\\[\\]#.\\n\\\\]|mouse|keys|\\PC|.){0,60}") {
        let (_, problems) = read(&text);
        prop_assert!(problems.iter().all(|problem| !problem.chars().any(char::is_control)), "{:?}", problems);
    }
}
