//! Programs of the other crates.

#![allow(dead_code, reason = "each test uses a part")]

use std::process::{Command, Stdio};

/// Builds an example once and gives the path of the program.
pub(crate) fn program(package: &str, example: &str) -> String {
    build(package, &["--all-features", "--example", example])
}

/// Builds the program of a package once and gives its path.
pub(crate) fn binary(package: &str, name: &str) -> String {
    build(package, &["--bin", name])
}

fn build(package: &str, target: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", package])
        .args(target)
        .args(["--message-format", "json"])
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(output.status.success(), "{package} does not build");
    let messages = String::from_utf8(output.stdout).unwrap();
    let executable = messages
        .rsplit_once("\"executable\":\"")
        .expect("an executable")
        .1;
    executable.split('"').next().unwrap().to_owned()
}
