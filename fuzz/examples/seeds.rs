//! Writes the seeds of a target into a directory: `seeds TARGET DIRECTORY`.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [target, directory] = &arguments[..] else {
        return Err(io::Error::other("seeds TARGET DIRECTORY"));
    };
    fs::create_dir_all(directory)?;
    for (number, seed) in imap_fuzz::seeds(target).iter().enumerate() {
        fs::write(Path::new(directory).join(format!("seed-{number:05}")), seed)?;
    }
    Ok(())
}
