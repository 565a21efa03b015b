//! isync's mbsync, which keeps a Maildir and the server's mailboxes equal.

use crate::maildir::{assert_changed, change_both_sides, scene};
use crate::scene::{Scene, printed};

impl Scene {
    fn mbsync(&self) {
        self.make_maildir("INBOX");
        let configuration = self.fill("mbsyncrc", include_str!("mbsync.conf"));
        let mut command = self.program("mbsync");
        command.args(["--verbose", "--config"]).arg(configuration);
        printed(command.arg("mail"), "isync");
    }
}

#[test]
fn ok_both_sides_end_equal() {
    let scene = scene();
    scene.mbsync();
    scene.assert_equal("INBOX", 4);
    scene.assert_equal("Work/2024", 1);
    change_both_sides(&scene);
    scene.mbsync();
    assert_changed(&scene);
    let settled = scene.settled();
    scene.mbsync();
    assert_eq!(scene.settled(), settled);
}
