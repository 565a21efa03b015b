//! The example `inbox`, run as a user runs it, against Dovecot.

mod example;

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use example::program;
use imap_interop::{Instance, Message, Sample, Server, User, samples};
use imap_proto::InternalDate;

/// The newest message, whose text has to be decoded.
const NEWEST: &str = "From: =?utf-8?Q?J=C3=B6rg?= <joerg@example.org>\r
Subject: =?iso-2022-jp?B?GyRCMnE1RBsoQg==?=\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary=\"out\"\r
\r
--out\r
Content-Type: multipart/alternative; boundary=\"in\"\r
\r
--in\r
Content-Type: text/plain; charset=iso-8859-1\r
Content-Transfer-Encoding: quoted-printable\r
\r
Gr=FC=DFe aus K=F6ln, und das ist eine sehr lange Zeile, die umbrochen =\r
wurde.\r
--in\r
Content-Type: text/html; charset=utf-8\r
\r
<p>no</p>\r
--in--\r
--out\r
Content-Type: application/octet-stream\r
Content-Transfer-Encoding: base64\r
\r
AAAA\r
--out--\r
";

/// What the program printed, and the most memory that it was seen to use, in octets.
fn run(server: &Instance, user: &User, mailbox: &str) -> (Vec<String>, u64) {
    let address = format!("imaps://{}@localhost:{}", user.name(), server.imaps_port());
    let mut child = Command::new(program("imap-client", "inbox"))
        .args(["--mailbox", mailbox, "--ca"])
        .arg(server.ca_pem())
        .arg(address)
        .env("IMAP_PASSWORD", user.password())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let stdout = child.stdout.take().unwrap();
    let reader = thread::spawn(move || std::io::read_to_string(stdout).unwrap());
    let peak = watch(&mut child);
    assert!(child.wait().unwrap().success());
    (
        reader.join().unwrap().lines().map(str::to_owned).collect(),
        peak,
    )
}

/// Waits for the end of a process; gives the largest resident size seen, in octets.
fn watch(child: &mut Child) -> u64 {
    let status = Path::new("/proc")
        .join(child.id().to_string())
        .join("status");
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let high_water = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = high_water.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
        peak = peak.max(kib.unwrap_or_default() * 1024);
        thread::sleep(Duration::from_millis(1));
    }
    peak
}

/// The line of a message, but for its flags, which are compared as a set.
fn expected(n: usize, sample: &Sample) -> String {
    let date = InternalDate::from_unix(sample.message.internal_date, 0)
        .unwrap()
        .to_string();
    format!(
        "{n}\t{}\t{} <{}>\t{}\t{}",
        date.trim_matches('"'),
        sample.from.name,
        sample.from.address,
        sample.subject.as_deref().unwrap_or("(no subject)"),
        sample.size(),
    )
}

#[test]
fn ok_inbox_prints_every_message_and_the_text_of_the_newest() {
    let server = Server::Dovecot
        .start()
        .unwrap_or_else(|error| panic!("{error}"));
    let user = server.user("inbox");
    let mailbox = "仕事/会議の記録";
    let newest = Message {
        bytes: NEWEST.into(),
        flags: Vec::new(),
        internal_date: 1_000_000_000,
    };
    let few: Vec<Sample> = samples(3).take(6).collect();
    let many: Vec<Sample> = samples(3).take(499).collect();
    let messages = |samples: &[Sample]| {
        let seeded: Vec<Message> = samples.iter().map(|s| s.message.clone()).collect();
        seeded.into_iter().chain([newest.clone()])
    };
    user.seed("INBOX", messages(&few)).unwrap();
    user.seed(mailbox, messages(&many)).unwrap();

    let (lines, peak_of_few) = run(&server, &user, "INBOX");
    assert_eq!(lines[0], "INBOX: 7 messages");
    let (lines, peak_of_many) = run(&server, &user, mailbox);
    assert_eq!(lines[0], format!("{mailbox}: 500 messages"));
    for (n, sample) in many.iter().enumerate() {
        let (line, flags) = lines[n + 1].rsplit_once('\t').unwrap();
        assert_eq!(
            line,
            expected(n + 1, sample),
            "a sample of kind {:?}",
            sample.kind
        );
        let mut flags: Vec<&str> = flags
            .split(' ')
            .filter(|f| !f.is_empty() && *f != "\\Recent")
            .collect();
        flags.sort_unstable();
        let mut wanted: Vec<&str> = sample.message.flags.iter().map(|f| f.as_str()).collect();
        wanted.sort_unstable();
        assert_eq!(flags, wanted);
    }
    let newest_line = "500\t09-Sep-2001 01:46:40 +0000\tJörg <joerg@example.org>\t会議\t";
    assert!(lines[500].starts_with(newest_line), "{}", lines[500]);
    let text = "Grüße aus Köln, und das ist eine sehr lange Zeile, die umbrochen wurde.";
    assert_eq!(lines[501..], ["", text], "the text of the newest message");
    let growth = peak_of_many.saturating_sub(peak_of_few);
    assert!(
        growth < 1 << 20,
        "{growth} octets more for 500 messages than for 7"
    );
}
