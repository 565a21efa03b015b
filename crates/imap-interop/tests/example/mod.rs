//! Examples of the other crates, as programs.

use std::process::{Command, Stdio};

/// Builds an example once and gives the path of the program.
pub(crate) fn program(package: &str, example: &str) -> String {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", package])
        .args(["--all-features", "--example", example])
        .args(["--message-format", "json"])
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(output.status.success(), "the example does not build");
    let messages = String::from_utf8(output.stdout).unwrap();
    let executable = messages
        .rsplit_once("\"executable\":\"")
        .expect("an executable")
        .1;
    executable.split('"').next().unwrap().to_owned()
}
