//! `cargo run --example licences`: every crate that becomes part of the program, on any system, may be passed on under
//! the program's own licences. It asks for crates of systems other than this one, which a build never fetches, so it is
//! part of `.ci/run` and no test.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a developer's command, not part of the program")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "it may stop if Cargo's answer is not what it was")]

use std::process::{Command, ExitCode, Stdio};

use serde_json::Value;

/// Licences that ask for nothing but their own words to be kept. None of them binds the program around it.
const WELCOME: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    // Of lists of certificates: tables of data, which may be passed on under any terms with these beside them.
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Zlib",
];

/// Files with these licences may be linked, unchanged, into a program under any licence.
const WELCOME_AS_IT_IS: [&str; 1] = ["MPL-2.0"];

/// Whether an SPDX expression leaves a choice that is welcome; `/` is the old way to write `OR`.
fn is_welcome(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let is_known = |name: &str| {
        let name = name.trim();
        WELCOME.contains(&name) || WELCOME_AS_IT_IS.contains(&name) || name == "Unlicense"
    };
    // `(A OR B) AND C` is the deepest nesting there is among crates: every part of the conjunction needs one choice.
    expression.split(" AND ").all(|part| part.trim_matches(['(', ')', ' ']).split(" OR ").any(is_known))
}

/// The crates without a licence that is welcome, a line each.
fn unwelcome(packages: &[Value]) -> Vec<String> {
    let unwelcome = packages.iter().filter_map(|package| {
        let licence = package["license"].as_str().unwrap_or("no licence");
        (!is_welcome(licence)).then(|| format!("{} {}: {licence}", package["name"], package["version"]))
    });
    unwelcome.collect()
}

fn main() -> ExitCode {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(output.status.success(), "cargo metadata failed");
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let unwelcome = unwelcome(packages);
    for line in &unwelcome {
        eprintln!("{line}");
    }
    println!("licences of {} crates read, {} unwelcome", packages.len(), unwelcome.len());
    if unwelcome.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[test]
fn expressions_are_read_as_spdx_means_them() {
    for welcome in
        ["MIT", "GPL-3.0 OR MIT", "MIT/Apache-2.0", "(MIT OR Apache-2.0) AND Unicode-3.0", "Unlicense OR MIT"]
    {
        assert!(is_welcome(welcome), "{welcome}");
    }
    for unwelcome in ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Apache-2.0) AND AGPL-3.0-only", "no licence", ""] {
        assert!(!is_welcome(unwelcome), "{unwelcome}");
    }
}

#[test]
fn a_crate_without_a_licence_that_is_welcome_is_named() {
    let package =
        |name: &str, licence: Option<&str>| serde_json::json!({ "name": name, "version": "1.0.0", "license": licence });
    let packages =
        [package("free", Some("MIT OR Apache-2.0")), package("bound", Some("GPL-3.0")), package("bare", None)];
    let named = unwelcome(&packages).join("\n");
    assert!(named.contains("bound") && named.contains("bare") && !named.contains("free"), "{named}");
}
