//! Python's imaplib.

use crate::scene::{Scene, printed};

/// Runs a part of the script, which looks at each answer itself, and says how many there were.
fn part(scene: &Scene, name: &str) -> usize {
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/other_clients/imaplib_session.py"
    );
    let printed = printed(
        scene
            .program("python3")
            .args([script, name])
            .args([scene.port(), scene.tls_port()].map(|port| port.to_string()))
            .arg(scene.authority())
            .args([Scene::USER, Scene::PASSWORD]),
        "python3",
    );
    printed.trim().parse().unwrap()
}

#[test]
fn ok_sessions() {
    assert_eq!(part(&Scene::new(), "sessions"), 13);
}

#[test]
fn ok_mailboxes() {
    let scene = Scene::new();
    assert_eq!(part(&scene, "mailboxes"), 19);
    scene.mailbox("Entwürfe/2023");
}

#[test]
fn ok_messages() {
    let scene = Scene::new();
    assert_eq!(part(&scene, "messages"), 47);
    let left = scene.mailbox("Archive").messages();
    let flagged = left
        .iter()
        .filter(|m| m.flags().iter().any(|f| f == "\\Flagged"));
    assert_eq!((left.len(), flagged.count()), (3, 2));
}

#[test]
fn ok_fetches() {
    assert_eq!(part(&Scene::new(), "fetches"), 29);
}

#[test]
fn ok_searches() {
    assert_eq!(part(&Scene::new(), "searches"), 26);
}

#[test]
fn ok_idles() {
    assert_eq!(part(&Scene::new(), "idles"), 7);
}

#[test]
fn ok_tls() {
    assert_eq!(part(&Scene::new(), "tls"), 7);
}
