//! Passwords and tokens: where they come from.

use std::process::{Command, Stdio};
use std::{fmt, io};

use zeroize::Zeroizing;

use crate::error::{Exit, Failure, cause};
use crate::interrupt::{Interrupt, interrupted};

/// A password or a token, which no `Debug` shows and which is wiped when it is dropped.
#[derive(Clone)]
pub(crate) struct Secret(Zeroizing<String>);

impl Secret {
    pub(crate) fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// The password of a user: from the variable `IMAP_PASSWORD`, or from whoever sits there.
pub(crate) fn ask(user: &str, host: &str) -> Result<Secret, Failure> {
    if let Ok(password) = std::env::var(VARIABLE) {
        return Ok(Secret::new(password));
    }
    let prompt = format!("password of {user} at {host}: ");
    // A terminal that shows nothing is not left like that.
    Interrupt::not_during(|| rpassword::prompt_password(prompt))
        .map(Secret::new)
        .map_err(|error| {
            if error.kind() == io::ErrorKind::Interrupted {
                return interrupted("interrupted");
            }
            let message = format!("no password of {user} at {host}: {}", cause(&error));
            Failure::new(Exit::LogIn, message).with_hint(
                "set the variable IMAP_PASSWORD, or name a program that prints it: --password-command",
            )
        })
}

/// The first line that a program prints; `what` says what that is for.
pub(crate) fn of_command(what: &str, command: &str) -> Result<Secret, Failure> {
    let failed =
        |why: &str| Failure::new(Exit::Config, format!("{what} command `{command}` {why}"));
    let output = shell(command)
        .stdin(Stdio::inherit())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| failed(&format!("cannot be run: {}", cause(&error))))?;
    let printed = Zeroizing::new(output.stdout);
    if !output.status.success() {
        return Err(failed(&format!("ended with {}", output.status)));
    }
    let text = str::from_utf8(&printed).map_err(|_| failed("printed what is not UTF-8"))?;
    match text.lines().next() {
        Some(line) if !line.is_empty() => Ok(Secret::new(line.to_owned())),
        _ => Err(failed("printed nothing")),
    }
}

/// A command line as the shell of this system runs it.
pub(crate) fn shell(command: &str) -> Command {
    let (shell, option) = if cfg!(windows) {
        ("cmd", "/C")
    } else {
        ("sh", "-c")
    };
    let mut program = Command::new(shell);
    program.arg(option).arg(command);
    program
}

/// The variable that has the password.
const VARIABLE: &str = "IMAP_PASSWORD";

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn ok_first_line_of_a_command() {
        let secret = of_command("password", "printf 'p w\\nuser: ann\\n'").unwrap();
        assert_eq!(secret.reveal(), "p w");
        assert_eq!(format!("{secret:?}"), "Secret");
    }

    #[test]
    fn err_commands_that_fail() {
        for (command, why) in [
            (
                "exit 3",
                "password command `exit 3` ended with exit status: 3",
            ),
            ("true", "password command `true` printed nothing"),
            (
                "printf '\\377'",
                "password command `printf '\\377'` printed what is not UTF-8",
            ),
        ] {
            let failure = of_command("password", command).unwrap_err();
            assert_eq!(failure.to_string(), why);
            assert_eq!(failure.exit(), Exit::Config);
        }
    }
}
