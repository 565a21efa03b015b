//! Dovecot 2.3.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::error::StartError;
use crate::guard::Guard;
use crate::program::{find, require_version};
use crate::settings::Settings;
use crate::state::StateDir;
use crate::token;

/// The accounts under which root lets it run, best first.
pub(crate) const STAND_INS: [&str; 2] = ["dovecot", "nobody"];

/// What its log says where a port is taken.
pub(crate) const PORT_TAKEN: &str = "Address already in use";

/// Writes the configuration and runs the server.
pub(crate) fn launch(settings: &Settings<'_>) -> Result<Guard, StartError> {
    let program = program("dovecot")?;
    find("imap", SERVICE_FOLDERS, INSTALL)?;
    require_version(&program, "--version", VERSION)?;

    let state = settings.state();
    state.make_folder("mail")?;
    let users = settings.fill("@AWKWARD_NAME@:{PLAIN}@AWKWARD_PASSWORD@::::::\n");
    state.write("users", &users)?;
    let masters = settings.fill("@ADMIN_NAME@:{PLAIN}@PASSWORD@\n");
    state.write("masters", &masters)?;
    for folder in ["keys", "keys/default", "keys/default/HS256"] {
        state.make_folder(folder)?;
    }
    state.write("keys/default/HS256/default", &token::key())?;
    let tokens = settings.fill(include_str!("dovecot/oauth2.conf"));
    state.write("oauth2.conf", &tokens)?;
    let config = settings.fill(include_str!("dovecot/dovecot.conf"));
    let config = state.write(CONFIG, &config)?;

    let mut command = Command::new(program);
    command.arg("-F").arg("-c").arg(config);
    Guard::start(command, state)
}

/// A session of a user over standard input and output; nothing if the program is not there.
pub(crate) fn preauth_command(state: &StateDir, user: &str) -> Option<Command> {
    let mut command = Command::new(program("doveadm").ok()?);
    command.arg("-c").arg(state.path().join(CONFIG));
    command.args(["exec", "imap", "-u", user]);
    command.stderr(Stdio::null());
    // As root it would refuse to talk to a socket.
    state.account().run_as(&mut command);
    Some(command)
}

fn program(name: &'static str) -> Result<PathBuf, StartError> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&path).chain(PROGRAM_FOLDERS.map(PathBuf::from));
    find(name, folders, INSTALL)
}

/// The name of its configuration in the state directory.
const CONFIG: &str = "dovecot.conf";

const VERSION: &str = "2.3.";
const INSTALL: &str = "apt-get install dovecot-imapd";
const PROGRAM_FOLDERS: [&str; 3] = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"];
const SERVICE_FOLDERS: [&str; 4] = [
    "/usr/lib/dovecot",
    "/usr/libexec/dovecot",
    "/usr/local/libexec/dovecot",
    "/opt/homebrew/libexec/dovecot",
];
