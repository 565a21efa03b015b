//! Cyrus 3.6.

use std::path::PathBuf;
use std::process::Command;

use crate::error::StartError;
use crate::guard::Guard;
use crate::program::{find, require_version};
use crate::settings::Settings;

/// The accounts under which root lets it run, best first.
pub(crate) const STAND_INS: [&str; 2] = ["cyrus", "nobody"];

/// The status with which it ends where a port is taken.
pub(crate) const PORT_TAKEN: i32 = 69;

/// Where sessions are written down, of those users who have a folder of their name there.
pub(crate) const TRANSCRIPTS: &str = "conf/log";

/// Writes the configuration and runs the server.
pub(crate) fn launch(settings: &Settings<'_>) -> Result<Guard, StartError> {
    let master = find("master", [FOLDER], INSTALL)?;
    let imapd = find("imapd", IMAP_FOLDERS, INSTALL)?;
    let idled = find("idled", IMAP_FOLDERS, INSTALL)?;
    let recover = find("ctl_cyrusdb", [FOLDER], INSTALL)?;
    require_version(&master, "-V", VERSION)?;

    let state = settings.state();
    for folder in ["conf", "conf/socket", TRANSCRIPTS, "spool"] {
        state.make_folder(folder)?;
    }
    let options = settings.fill(include_str!("cyrus/imapd.conf"));
    let options = state.write("imapd.conf", &options)?;
    let path = |path: PathBuf| path.to_string_lossy().into_owned();
    let processes = settings
        .fill(include_str!("cyrus/cyrus.conf"))
        .replace("@IDLED@", &path(idled))
        .replace("@IMAPD@", &path(imapd))
        .replace("@RECOVER@", &path(recover));
    let processes = state.write("cyrus.conf", &processes)?;

    let mut command = Command::new(master);
    command
        .arg("-D")
        .arg("-C")
        .arg(options)
        .arg("-M")
        .arg(processes);
    command.arg("-p").arg(state.path().join("master.pid"));
    // Cyrus waits for the disk at each step, which takes half a second for a new account.
    command.env("LD_PRELOAD", "libeatmydata.so");
    Guard::start(command, state)
}

const VERSION: &str = "cyrus-imapd 3.6.";
const INSTALL: &str =
    "scripts/check as root, since cyrus-imapd and dovecot-imapd exclude each other";
const FOLDER: &str = "/usr/lib/cyrus/bin";
/// The second is where `scripts/lib/install.sh` unpacks the package.
const IMAP_FOLDERS: [&str; 2] = [
    FOLDER,
    "/var/cache/imap-interop/cyrus-imapd/usr/lib/cyrus/bin",
];
