//! The programs of the clients of Rust, one for each, so that none takes along what others are made of.

use std::env;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};

use crate::client::Task;
use crate::contender::{Client, Contender, Form};
use crate::load::{Load, Scenario};
use crate::memory;
use crate::proof::Proof;

/// What runs a session of a client of Rust: its program, which is beside this one.
///
/// # Errors
///
/// If it is not there.
pub(crate) fn client_command(contender: Contender, task: &Task) -> Result<Command> {
    let name = contender.client.program() + env::consts::EXE_SUFFIX;
    let program = env::current_exe()?.with_file_name(&name);
    ensure!(program.is_file(), "{name} was not built");
    let mut command = Command::new(program);
    command.args(client_arguments(contender.form, task));
    Ok(command)
}

/// The arguments by which [`client_main`] runs this session.
pub fn client_arguments(form: Form, task: &Task) -> Vec<String> {
    let (load, port) = (&task.load, task.port.into());
    let words = [form.key(), load.scenario.key()].map(str::to_owned);
    let numbers = [load.count as u64, load.octets as u64, port, task.answer];
    let numbers = numbers.map(|number| number.to_string());
    words.into_iter().chain(numbers).collect()
}

/// Is the program of a client: runs the session that its arguments name, and prints what it found and
/// how many KiB it had resident.
///
/// # Errors
///
/// If they are wrong, or the client fails.
pub fn client_main(run: impl FnOnce(Form, &Task) -> Result<Proof>) -> Result<()> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [form, scenario, numbers @ ..] = &arguments[..] else {
        bail!("the arguments are FORM SCENARIO COUNT OCTETS PORT ANSWER");
    };
    let form = Form::ALL.into_iter().find(|known| known.key() == form);
    let numbers: Result<Vec<u64>, _> = numbers.iter().map(|number| number.parse()).collect();
    let [count, octets, port, answer] = numbers?[..] else {
        bail!("four numbers are missing");
    };
    let task = Task {
        port: u16::try_from(port)?,
        load: Load {
            scenario: Scenario::of_key(scenario)?,
            count: usize::try_from(count)?,
            octets: usize::try_from(octets)?,
        },
        answer,
    };
    let proof = run(form.context("no such form")?, &task)?;
    println!("{proof} {}", memory::peak()? >> 10);
    Ok(())
}

impl Client {
    /// The name of its program.
    fn program(self) -> String {
        format!("session-{}", self.key())
    }
}
