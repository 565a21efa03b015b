//! Servers that are child processes: this program itself, started once more.

mod support;

use std::env;
use std::io::{self, Read, Write};
use std::process::{Command, ExitCode, id};
use std::thread;
use std::time::Duration;

use imap_client::{Config, Error, Event, blocking};
use libtest_mimic::{Arguments, Failed, Trial};
use support::peer::{VISIT, follow};

const GREETING: &str = "S: * PREAUTH [CAPABILITY IMAP4rev1] hello";

fn main() -> ExitCode {
    if let Ok(role) = env::var(ROLE) {
        return serve(&role);
    }
    let trials = vec![
        trial("ok_blocking_session_over_a_process", ok_blocking),
        trial("err_blocking_process_ends", err_blocking_ends),
        trial("err_blocking_program_is_not_there", err_blocking_not_there),
        #[cfg(unix)]
        trial("err_blocking_process_does_not_greet", err_blocking_silent),
        #[cfg(target_os = "linux")]
        trial("ok_blocking_process_is_gone", ok_blocking_gone),
        #[cfg(feature = "tokio")]
        trial("ok_tokio_session_over_a_process", with_tokio::ok),
        #[cfg(feature = "tokio")]
        trial("err_tokio_process_ends", with_tokio::err_ends),
        #[cfg(feature = "tokio")]
        trial("err_tokio_program_is_not_there", with_tokio::err_not_there),
        #[cfg(feature = "tokio")]
        trial("err_tokio_process_does_not_greet", with_tokio::err_silent),
        #[cfg(all(feature = "tokio", target_os = "linux"))]
        trial("ok_tokio_process_is_gone", with_tokio::ok_gone),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn trial(name: &str, test: fn()) -> Trial {
    Trial::test(name, move || {
        test();
        Ok::<(), Failed>(())
    })
}

/// Which server the process is.
const ROLE: &str = "IMAP_CLIENT_TEST_SERVER";

/// Is a server.
fn serve(role: &str) -> ExitCode {
    let stream = &mut Stdio;
    match role {
        "visited" => follow(stream, &format!("{GREETING}{VISIT}")).unwrap(),
        "early" => return ExitCode::from(3),
        "late" => {
            follow(stream, &format!("{GREETING}\nC: A1 NOOP")).unwrap();
            return ExitCode::from(4);
        }
        "silent" => thread::sleep(FOREVER),
        "stubborn" => {
            let pid = format!("{GREETING}\nS: * OK [ALERT] {}", id());
            follow(stream, &format!("{pid}\nC: A1 NOOP\nS: A1 OK done")).unwrap();
            thread::sleep(FOREVER);
        }
        other => panic!("{other}"),
    }
    ExitCode::SUCCESS
}

/// The streams that the process was given.
struct Stdio;

impl Read for Stdio {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        io::stdin().read(buffer)
    }
}

impl Write for Stdio {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        io::stdout().write(octets)
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stdout().flush()
    }
}

const FOREVER: Duration = Duration::from_secs(600);

/// This program as a server.
fn server(role: &str) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.env(ROLE, role);
    command
}

fn spawn(role: &str) -> Result<blocking::Client, Error> {
    blocking::Client::spawn(server(role), &Config::default())
}

/// A configuration that does not wait for long.
fn impatient() -> Config {
    let mut config = Config::default();
    config.greeting_timeout = Duration::from_millis(50);
    config
}

fn exit_code(error: &Error) -> Option<i32> {
    match error {
        Error::Exited(status) => status.code(),
        other => panic!("{other:?}"),
    }
}

fn ok_blocking() {
    let mut client = spawn("visited").unwrap();
    client.noop().unwrap();
    client.logout().unwrap();
}

fn err_blocking_ends() {
    let error = spawn("early").unwrap_err();
    assert_eq!(exit_code(&error), Some(3));
    #[cfg(unix)]
    assert_eq!(error.to_string(), "program ended: exit status: 3");
    let mut client = spawn("late").unwrap();
    assert_eq!(exit_code(&client.noop().unwrap_err()), Some(4));
    assert_eq!(exit_code(&client.noop().unwrap_err()), Some(4));
}

fn err_blocking_not_there() {
    let command = Command::new("/there/is/no/such/program");
    let error = blocking::Client::spawn(command, &Config::default()).unwrap_err();
    let Error::Io(error) = error else {
        panic!("{error:?}");
    };
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
}

#[cfg(unix)]
fn err_blocking_silent() {
    let error = blocking::Client::spawn(server("silent"), &impatient()).unwrap_err();
    assert!(matches!(error, Error::Timeout), "{error:?}");
}

/// The number that the stubborn server told.
fn pid(event: Option<Event>) -> String {
    match event {
        Some(Event::Alert(pid)) => pid,
        other => panic!("{other:?}"),
    }
}

/// Whether there is a process, or what is left of one that nobody waited for.
#[cfg(target_os = "linux")]
fn is_there(pid: &str) -> bool {
    std::path::Path::new("/proc").join(pid).exists()
}

#[cfg(target_os = "linux")]
fn ok_blocking_gone() {
    let mut client = spawn("stubborn").unwrap();
    client.noop().unwrap();
    let pid = pid(client.next_event());
    assert!(is_there(&pid));
    drop(client);
    assert!(!is_there(&pid));
}

#[cfg(feature = "tokio")]
mod with_tokio {
    use imap_client::tokio::Client;

    use super::*;
    use crate::support::peer::block_on;

    async fn spawn(role: &str) -> Result<Client, Error> {
        Client::spawn(server(role), &Config::default()).await
    }

    pub(super) fn ok() {
        block_on(async {
            let mut client = spawn("visited").await.unwrap();
            client.noop().await.unwrap();
            client.logout().await.unwrap();
        });
    }

    pub(super) fn err_ends() {
        block_on(async {
            let error = spawn("early").await.unwrap_err();
            assert_eq!(exit_code(&error), Some(3));
            let mut client = spawn("late").await.unwrap();
            assert_eq!(exit_code(&client.noop().await.unwrap_err()), Some(4));
            assert_eq!(exit_code(&client.noop().await.unwrap_err()), Some(4));
        });
    }

    pub(super) fn err_not_there() {
        block_on(async {
            let command = Command::new("/there/is/no/such/program");
            let error = Client::spawn(command, &Config::default()).await;
            assert!(matches!(error, Err(Error::Io(_))));
        });
    }

    pub(super) fn err_silent() {
        block_on(async {
            let error = Client::spawn(server("silent"), &impatient()).await;
            assert!(matches!(error, Err(Error::Timeout)));
        });
    }

    #[cfg(target_os = "linux")]
    pub(super) fn ok_gone() {
        block_on(async {
            let mut client = spawn("stubborn").await.unwrap();
            client.noop().await.unwrap();
            let pid = pid(client.next_event());
            assert!(is_there(&pid));
            drop(client);
            for _ in 0..1000 {
                if is_there(&pid) {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
            }
            assert!(!is_there(&pid));
        });
    }
}
