//! npm's imapflow, whose versions are those of `package-lock.json`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::scene::{Scene, printed};

/// Installs the packages below the folder of builds, unless they are there, and gives the script.
fn script() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("imapflow");
    let installed = folder.join("installed.json");
    fs::create_dir_all(&folder).unwrap();
    fs::write(
        folder.join("session.mjs"),
        include_str!("imapflow/session.mjs"),
    )
    .unwrap();
    if fs::read_to_string(&installed).is_ok_and(|lock| lock == LOCK) {
        return folder.join("session.mjs");
    }
    fs::write(
        folder.join("package.json"),
        include_str!("imapflow/package.json"),
    )
    .unwrap();
    fs::write(folder.join("package-lock.json"), LOCK).unwrap();
    let mut npm = Command::new("timeout");
    npm.args(["--kill-after=5", "300", "npm", "ci"]);
    npm.args(["--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(&folder);
    printed(&mut npm, "npm");
    fs::write(installed, LOCK).unwrap();
    folder.join("session.mjs")
}

#[test]
fn ok_a_session() {
    let scene = Scene::new();
    let mut command = scene.program("node");
    command.arg(script());
    command
        .arg(scene.tls_port().to_string())
        .arg(scene.authority());
    let printed = printed(command.args([Scene::USER, Scene::PASSWORD]), "nodejs");
    assert_eq!(printed, "done\n");
    let [message] = &scene.mailbox("Sent").messages()[..] else {
        panic!("not one message");
    };
    assert_eq!(message.flags(), ["\\Seen"]);
}

const LOCK: &str = include_str!("imapflow/package-lock.json");
