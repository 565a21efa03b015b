//! Messages, and what is asked about them.

use imap_interop::{Kind, samples};

/// Messages that servers have to think about, with blank lines for line ends.
const ODD: &[&str] = &[
    // Nested parts, RFC 9051 6.4.5.1.
    "Subject: nested
Content-Type: multipart/mixed; boundary=a

preamble --a
--a

one

--a
Content-Type: message/rfc822
Content-Description: an old one

Subject: three
From: x@y
Content-Type: multipart/mixed; boundary=b

--b

three one
--b
Content-Type: application/x; name*0=a; name*1=b

three two
--b--

--a
Content-Type: multipart/digest; boundary=c

--c

Subject: four one

text of
four one
--c
Content-Type: text/html
Content-Language: de, en
Content-Location: http://x/
 y
Content-ID: <id>
Content-MD5: md
Content-Disposition: attachment; filename=\"x y.gif\"

four two
--c--
--a--
epilogue
",
    // Boundaries that begin alike.
    "Subject: alike
Content-Type: multipart/mixed; boundary=ab

--ab
Content-Type: multipart/mixed; boundary=a

--a

inner
--a--

--ab

outer
--ab--
",
    // No end of a multipart, no parts, no boundary.
    "Subject: open
Content-Type: multipart/mixed; boundary=a

--a

one
--a
Content-Type: multipart/alternative; boundary=b

--b

two",
    "Subject: empty
Content-Type: multipart/mixed; boundary=a

nothing
",
    "Subject: none
Content-Type: multipart/mixed

nothing
",
    // Parameters.
    "Subject: parameters
Content-Type: text/plain; charset=\"utf-8\"; x*0*=us-ascii'en'a%20; x*1*=%2a; x*2=\"b c\";
 y=\"q\\\"q\"; z*=utf-8''%C3%BC (comment)
Content-Transfer-Encoding: QUOTED-PRINTABLE (really)
Content-Disposition: INLINE; filename*0=a; filename*1=\"b.txt\"

Gr=C3=BC=C3=9Fe =
und mehr
",
    "Subject: encoded
Content-Type: text/plain
Content-Transfer-Encoding: base64

aGVsbG8gd29ybGQ=
",
    // Addresses.
    "Subject: addresses
From: \"Ann \\\"A\\\" Bee\" <ann@example.org>, bob@example.org (Bob)
Sender:
Reply-To: A Group: Ed <ed@x.org>, joe@y.org; , last@z.org
To: <@a.org,@b.org:route@c.org>, \"quoted local\"@d.org, J. R. Dotted <j.r@e.org>
To: second@field.org
Cc: undisclosed-recipients:;
Bcc: =?utf-8?Q?J=C3=B6rg?= <joerg@example.org>
Date: Mon, 7 Feb 1994
 21:52:25 -0800 (PST)
In-Reply-To: <x@y>
 \"z\"
Message-ID: <id@example.org>

x
",
    // Headers without fields, folded ones, and no body.
    "Subject: folded
\tsubject
X-Empty:
X-Folded: one
  two

",
    "Subject: no body
",
    "From: nobody
To: Ann Bee, <>

x
",
    // Threads.
    "Subject: topic
Date: 1 Jan 2020 10:00:00 +0000
Message-ID: <t1@x>

1
",
    "Subject: Re: topic
Date: 1 Jan 2020 11:00:00 +0000
Message-ID: <t2@x>
References: <t1@x>

2
",
    "Subject: Re: [list] topic (fwd)
Date: 1 Jan 2020 12:00:00 +0000
Message-ID: <t3@x>
References: <t1@x> <gone@x>

3
",
    "Subject: Re: topic
Date: 1 Jan 2020 13:00:00 +0200
Message-ID: <t4@x>
In-Reply-To: <t3@x>

4
",
    "Subject: [fwd: another]
Date: 2 Jan 2020 10:00:00 +0000
Message-ID: <u1@x>
References: <lost@x>

5
",
    "Subject: another
Date: 2 Jan 2020 11:00:00 +0000
Message-ID: <u2@x>
References: <lost@x>

6
",
    "Subject: another
Date: 2 Jan 2020 09:00:00 +0000
Message-ID: <u3@x>

7
",
    "Subject: loop
Date: 3 Jan 2020 09:00:00 +0000
Message-ID: <l1@x>
References: <l2@x>

8
",
    "Subject: other loop
Date: 3 Jan 2020 10:00:00 +0000
Message-ID: <l2@x>
References: <l1@x>

9
",
];

/// The messages with their dates of arrival, all of which differ.
pub(crate) fn messages() -> Vec<(String, Vec<u8>)> {
    let odd = ODD
        .iter()
        .map(|text| text.replace('\n', "\r\n").into_bytes());
    let samples = samples(7)
        .take(16)
        .filter(|sample| sample.kind != Kind::LargeAttachment);
    let all = odd.chain(samples.map(|sample| sample.message.bytes));
    let arrived = |n| format!("{:02}-Jul-2021 {:02}:00:00 +0000", 15 + n % 3, n / 3);
    all.enumerate()
        .map(|(n, octets)| (arrived(n), octets))
        .collect()
}

pub(crate) const ITEMS: &[&str] = &[
    "RFC822.SIZE",
    "INTERNALDATE",
    "ENVELOPE",
    "BODY",
    "BODYSTRUCTURE",
    "BODY.PEEK[]",
    "BODY.PEEK[HEADER]",
    "BODY.PEEK[TEXT]",
    "BODY.PEEK[]<3.20>",
    "BODY.PEEK[TEXT]<100000.20>",
    "RFC822.HEADER",
    "BODY.PEEK[HEADER.FIELDS (subject to x-empty)]",
    "BODY.PEEK[HEADER.FIELDS.NOT (subject to x-empty)]",
    "BODY.PEEK[1]",
    "BODY.PEEK[1.MIME]",
    "BODY.PEEK[1.1]",
    "BODY.PEEK[1]<2.3>",
    "BODY.PEEK[2]",
    "BODY.PEEK[2.MIME]",
    "BODY.PEEK[2.HEADER]",
    "BODY.PEEK[2.TEXT]",
    "BODY.PEEK[2.HEADER.FIELDS (subject)]",
    "BODY.PEEK[2.1]",
    "BODY.PEEK[2.2]",
    "BODY.PEEK[2.2.MIME]",
    "BODY.PEEK[3]",
    "BODY.PEEK[3.1]",
    "BODY.PEEK[3.1.1]",
    "BODY.PEEK[3.1.HEADER]",
    "BODY.PEEK[3.2.MIME]",
    "BODY.PEEK[4]",
    "BINARY.PEEK[1]",
    "BINARY.SIZE[1]",
    "BINARY.PEEK[2]",
];

pub(crate) const SEARCHES: &[&str] = &[
    "SEARCH ALL",
    "SEARCH 2:4,8",
    "SEARCH SUBJECT topic",
    "SEARCH FROM ann",
    "SEARCH TO second",
    "SEARCH TO \"a group\"",
    "SEARCH CC undisclosed",
    "SEARCH CHARSET UTF-8 BCC {5+}\r\njörg",
    "SEARCH HEADER Reply-To \"a group\"",
    "SEARCH HEADER X-Folded \"one  two\"",
    "SEARCH HEADER X-Empty \"\"",
    "SEARCH HEADER Message-ID t2",
    "SEARCH CHARSET UTF-8 BODY {11+}\r\nGrüße und",
    "SEARCH BODY \"hello world\"",
    "SEARCH BODY \"four one\"",
    "SEARCH BODY \"preamble\"",
    "SEARCH TEXT \"x y.gif\"",
    "SEARCH TEXT three",
    "SEARCH ON 17-Jul-2021",
    "SEARCH SINCE 17-Jul-2021",
    "SEARCH BEFORE 17-Jul-2021",
    "SEARCH SENTON 1-Jan-2020",
    "SEARCH SENTBEFORE 2-Jan-2020",
    "SEARCH SENTSINCE 2-Jan-2020",
    "SEARCH LARGER 400",
    "SEARCH SMALLER 100",
    "SEARCH OR SUBJECT loop NOT 5:*",
    "UID SEARCH UID 3:*",
    "SEARCH RETURN (MIN MAX COUNT) SUBJECT topic",
    "SEARCH RETURN () SUBJECT another",
    "SEARCH YOUNGER 100",
    "SORT (ARRIVAL) UTF-8 ALL",
    "SORT (DATE) UTF-8 ALL",
    "SORT (REVERSE DATE) UTF-8 ALL",
    "SORT (SIZE) UTF-8 ALL",
    "SORT (SUBJECT) UTF-8 ALL",
    "SORT (SUBJECT REVERSE DATE) UTF-8 ALL",
    "SORT (FROM) UTF-8 ALL",
    "SORT (TO) UTF-8 ALL",
    "SORT (CC) UTF-8 ALL",
    "SORT (DISPLAYFROM) UTF-8 ALL",
    "SORT (DISPLAYTO) UTF-8 ALL",
    "THREAD ORDEREDSUBJECT UTF-8 ALL",
    "THREAD REFERENCES UTF-8 ALL",
    "THREAD REFS UTF-8 ALL",
];
