//! offlineimap, which keeps a Maildir and the server's mailboxes equal.

use crate::maildir::{assert_changed, change_both_sides, scene};
use crate::scene::{Scene, printed};

impl Scene {
    fn offlineimap(&self) {
        let configuration = self.fill("offlineimaprc", include_str!("offlineimap.conf"));
        let mut command = self.program("offlineimap");
        command.arg("-o").arg("-c").arg(configuration);
        printed(&mut command, "offlineimap3");
    }
}

#[test]
fn ok_both_sides_end_equal() {
    let scene = scene();
    scene.offlineimap();
    scene.assert_equal("INBOX", 4);
    scene.assert_equal("Work/2024", 1);
    change_both_sides(&scene);
    scene.offlineimap();
    assert_changed(&scene);
    let settled = scene.settled();
    scene.offlineimap();
    assert_eq!(scene.settled(), settled);
}
