//! The pictures in the README, drawn from the real screens so that they cannot become outdated.
//!
//! `UPDATE_PICTURES=1 cargo test pictures` redraws them after an intended change.

use std::path::Path;

use crate::config::ColorDepth;

use super::{Harness, svg::svg};

#[test]
fn the_pictures_in_assets_are_what_the_program_draws() {
    check("first-run", &Harness::edition(160, 48));
    check("reading", &{
        let mut harness = Harness::edition(120, 34);
        harness.keys("h j Enter");
        harness
    });
    check("selecting", &{
        let mut harness = Harness::edition(100, 30);
        harness.keys("h j Enter Space v J");
        harness
    });
    check("changed", &{
        let old = include_str!("../../assets/edition/08-foehn-innsbruck.md");
        let mut before = Harness::reading(120, 34, "foehn.md", old);
        before.keys("v Enter j j j j v j 2 v j j j j 4 g g");
        let new = old.replace("at up to 118 km/h", "at 121 km/h").replace("attended 37 calls", "answered 41 calls");
        let new =
            new.replace("and 22 cm of fresh snow above Igls was gone by dusk", "and by dusk the new snow was gone");
        let mut harness = before.again(120, 34, ColorDepth::TrueColor, vec![("foehn.md", &new)]);
        harness.deliver_all();
        harness.keys("g b j");
        harness
    });
    check("narrow", &Harness::edition(60, 20));
    check("monochrome", &{
        let mut harness = Harness::bare(100, 30, ColorDepth::Mono);
        harness.start(Vec::new());
        harness.deliver_all();
        harness.keys("h j Enter Space v J");
        harness
    });
}

#[expect(clippy::disallowed_methods, reason = "reads and writes pictures of the project, in tests only")]
fn check(name: &str, harness: &Harness) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo").join(format!("{name}.svg"));
    let drawn = svg(&harness.buffer());
    if std::env::var_os("UPDATE_PICTURES").is_some() {
        std::fs::write(&path, &drawn).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(drawn == kept, "assets/demo/{name}.svg is stale: UPDATE_PICTURES=1 cargo test pictures");
}
