//! The account of the demonstration: a few messages of all sorts, and a mailing list with many.

use imap_client::AppendOptions;
use imap_client::blocking::Client;
use imap_proto::{Flag, InternalDate};

use crate::error::Failure;

/// A message, and where it is.
struct Sample {
    mailbox: &'static str,
    flags: &'static [Flag<'static>],
    /// Seconds since 1970-01-01 UTC.
    received: i64,
    text: &'static str,
}

/// The message that is read: the one with an attachment and letters outside of ASCII.
pub(super) const READ: u32 = 4;

/// The message that arrives.
pub(super) const ARRIVING: &str = "\
From: Ada Lovelace <ada@example.org>
To: you@example.org
Subject: Re: Lunch on Friday?
Date: Thu, 05 Mar 2026 11:42:00 +0000
Message-ID: <lunch-2@example.org>
In-Reply-To: <lunch-1@example.org>
References: <lunch-1@example.org>

Friday is fine. I bring the punched cards.
";

/// Puts the messages into an account that has none.
pub(super) fn fill(client: &mut Client) -> Result<(), Failure> {
    for mailbox in [RECIPES, LIST] {
        client.create(mailbox)?;
    }
    for sample in SAMPLES {
        append(
            client,
            sample.mailbox,
            sample.text,
            sample.flags,
            sample.received,
        )?;
    }
    for number in 1..=LIST_MESSAGES {
        let hour = i64::from(number) * 3600;
        append(
            client,
            LIST,
            &post(number),
            &[Flag::Seen],
            FIRST_POST + hour,
        )?;
    }
    Ok(())
}

/// Puts a message into a mailbox, with the line ends that mail has.
pub(super) fn append(
    client: &mut Client,
    mailbox: &str,
    text: &str,
    flags: &[Flag<'_>],
    received: i64,
) -> Result<(), Failure> {
    let message = text.replace('\n', "\r\n");
    let date = InternalDate::from_unix(received, 0).ok();
    let options = AppendOptions { flags, date };
    client.append(mailbox, message.as_bytes(), options)?;
    Ok(())
}

/// A message of the mailing list.
fn post(number: u32) -> String {
    let place = number as usize;
    let pick = |words: &'static [&'static str], step: usize| {
        // cannot fail: the list is not empty
        words
            .get(place * step % words.len())
            .copied()
            .unwrap_or_default()
    };
    let (topic, author) = (pick(&TOPICS, 1), pick(&AUTHORS, 3));
    let reply = if number.is_multiple_of(3) { "" } else { "Re: " };
    let thanks = "Thanks for looking into this. ".repeat(1 + place % 40);
    format!(
        "From: {author} <{}@example.net>\nTo: parsers@lists.example.net\nSubject: {reply}{topic}\n\
         Message-ID: <post-{number}@lists.example.net>\nList-Id: <parsers.lists.example.net>\n\
         Content-Type: text/plain; charset=utf-8\n\n{thanks}\n\n-- \n{author}\n",
        author.to_lowercase()
    )
}

const RECIPES: &str = "Rezepte/Süßes";
const LIST: &str = "Lists/parsers";
/// So many that exporting them takes a moment.
const LIST_MESSAGES: u32 = 1200;
/// 2026-01-01 00:00 UTC.
const FIRST_POST: i64 = 1_767_225_600;

const AUTHORS: [&str; 5] = ["Alan", "Barbara", "Edsger", "Grace", "Niklaus"];
const TOPICS: [&str; 4] = [
    "literals in the middle of a line",
    "what a server may say unasked",
    "NIL or an empty list?",
    "counting octets, not characters",
];

const SAMPLES: [Sample; 9] = [
    Sample {
        mailbox: "INBOX",
        flags: &[Flag::Seen, Flag::Answered],
        received: 1_772_442_000,
        text: "\
From: Ada Lovelace <ada@example.org>
To: you@example.org
Subject: Notes on the engine
Date: Mon, 02 Mar 2026 09:00:00 +0000
Message-ID: <engine-1@example.org>

The engine weaves algebraic patterns just as the loom weaves flowers and leaves.
",
    },
    Sample {
        mailbox: "INBOX",
        flags: &[Flag::Seen],
        received: 1_772_456_400,
        text: "\
From: =?utf-8?q?J=C3=B6rg_M=C3=BCller?= <joerg@example.net>
To: you@example.org, Ada Lovelace <ada@example.org>
Subject: Re: Notes on the engine
Date: Mon, 02 Mar 2026 13:00:00 +0000
Message-ID: <engine-2@example.net>
In-Reply-To: <engine-1@example.org>
References: <engine-1@example.org>
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Schön gesagt! Und wer schreibt die Übersetzung?
",
    },
    Sample {
        mailbox: "INBOX",
        flags: &[Flag::Flagged],
        received: 1_772_524_800,
        text: "\
From: =?utf-8?b?5bGx55Sw6Iqx5a2Q?= <hanako@example.jp>
To: you@example.org
Subject: =?utf-8?b?5Lya6K2w44Gu6K2w5LqL6Yyy?=
Date: Tue, 03 Mar 2026 08:00:00 +0000
Message-ID: <minutes@example.jp>
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

議事録をお送りします。
",
    },
    Sample {
        mailbox: "INBOX",
        flags: &[],
        received: 1_772_607_600,
        text: "\
From: =?utf-8?q?Zo=C3=AB?= <zoe@example.com>
To: you@example.org
Subject: =?utf-8?q?Caf=C3=A9_crawl=3A_the_map?=
Date: Wed, 04 Mar 2026 07:00:00 +0000
Message-ID: <map@example.com>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=\"mixed\"

--mixed
Content-Type: multipart/alternative; boundary=\"alternative\"

--alternative
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Hi,

here is the map for Saturday: three caf=C3=A9s, one bakery, and the
pier at the end. The picture is attached.

Zo=C3=AB
--alternative
Content-Type: text/html; charset=utf-8

<p>Hi,</p><p>here is the map for Saturday.</p>
--alternative--
--mixed
Content-Type: image/png; name=\"map.png\"
Content-Disposition: attachment; filename=\"map.png\"
Content-Transfer-Encoding: base64

iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9
awAAAABJRU5ErkJggg==
--mixed--
",
    },
    Sample {
        mailbox: "INBOX",
        flags: &[],
        received: 1_772_701_200,
        text: "\
From: Grace Hopper <grace@example.net>
To: you@example.org
Subject: Lunch on Friday?
Date: Thu, 05 Mar 2026 09:00:00 +0000
Message-ID: <lunch-1@example.org>

Ada and I are in town. Are you?
",
    },
    Sample {
        mailbox: "Sent",
        flags: &[Flag::Seen],
        received: 1_772_449_200,
        text: "\
From: you@example.org
To: Ada Lovelace <ada@example.org>
Subject: Re: Notes on the engine
Date: Mon, 02 Mar 2026 11:00:00 +0000
Message-ID: <engine-3@example.org>
In-Reply-To: <engine-1@example.org>

May I quote you?
",
    },
    Sample {
        mailbox: "Drafts",
        flags: &[Flag::Draft, Flag::Seen],
        received: 1_772_704_800,
        text: "\
From: you@example.org
To: Grace Hopper <grace@example.net>
Subject: Re: Lunch on Friday?

Yes, if
",
    },
    Sample {
        mailbox: "Archive",
        flags: &[Flag::Seen],
        received: 1_735_722_000,
        text: "\
From: Post Office <post@example.org>
To: you@example.org
Subject: Welcome
Date: Wed, 01 Jan 2025 09:00:00 +0000
Message-ID: <welcome@example.org>

Your mailbox is ready.
",
    },
    Sample {
        mailbox: RECIPES,
        flags: &[Flag::Seen],
        received: 1_765_700_000,
        text: "\
From: Oma <oma@example.net>
To: you@example.org
Subject: Zimtsterne
Date: Sun, 14 Dec 2025 08:13:20 +0000
Message-ID: <zimtsterne@example.net>
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Drei Eiweiß, 250 g Zucker, 350 g Mandeln, ein Löffel Zimt.
",
    },
];
