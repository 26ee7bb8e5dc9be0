//! Every crate that becomes part of the program may be passed on under the program's own licences.

use std::process::Command;

use serde_json::Value;

/// Licences that ask for nothing but their own words to be kept. None of them binds the program around it.
const WELCOME: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
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

#[test]
fn no_crate_in_the_program_binds_whoever_passes_it_on() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 50, "only {} crates", packages.len());
    let unwelcome = packages.iter().filter_map(|package| {
        let licence = package["license"].as_str().unwrap_or("no licence");
        (!is_welcome(licence)).then(|| format!("{} {}: {licence}", package["name"], package["version"]))
    });
    let unwelcome: Vec<String> = unwelcome.collect();
    assert!(unwelcome.is_empty(), "\n{}\n", unwelcome.join("\n"));
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
