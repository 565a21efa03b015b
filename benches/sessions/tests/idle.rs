//! Sessions can be held in IDLE.

use std::path::Path;

use imap_benches_sessions::{Holder, Layer, idle_memory};

#[test]
fn ok_sessions_wait() {
    let program = Path::new(env!("CARGO_BIN_EXE_imap-benches-sessions"));
    for layer in Layer::ALL {
        for holder in Holder::ALL {
            let held = idle_memory(program, layer, holder, 20);
            assert!(held.is_ok(), "{layer:?}, {holder:?}: {held:?}");
        }
    }
}
