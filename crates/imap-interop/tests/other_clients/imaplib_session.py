"""Goes through an account with Python's imaplib, and looks at each answer.

    imaplib_session.py PART PORT TLS_PORT AUTHORITY USER PASSWORD

Prints how many answers it has looked at.
"""

import imaplib
import re
import ssl
import sys

part, port, tls_port, authority, user, password = sys.argv[1:]
looked_at = 0


def same(found, expected):
    global looked_at
    looked_at += 1
    assert found == expected, f"answer {looked_at}: {found!r} is not {expected!r}"


def ok(answer):
    """The data of an answer that has to be OK."""
    same(answer[0], "OK")
    return answer[1]


def refused(call, *arguments):
    """The server says NO, which imaplib gives back or raises."""
    try:
        status = call(*arguments)[0]
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        status = "NO"
    same(status, "NO")


def connect():
    return imaplib.IMAP4("localhost", int(port), timeout=20)


def log_in():
    client = connect()
    client.login(user, password)
    return client


def names(data):
    found = (re.search(r'"/" "?(.*?)"?$', line.decode()).group(1) for line in data if line)
    return sorted(found)


def numbers(data):
    return [int(number) for number in b" ".join(item or b"" for item in data).split()]


def flags(data):
    """The sequence number of each message with its flags."""
    parts = (re.match(rb"(\d+) .*FLAGS \(([^)]*)\)", line).groups() for line in data)
    return {int(n): sorted(set(some.decode().split()) - {"\\Recent"}) for n, some in parts}


def message(number):
    return (
        f"From: Ann <ann{number}@example.org>\r\nTo: bob@example.org\r\nSubject: number {number}\r\n"
        f"Message-ID: <{number}@example.org>\r\nDate: {20 - number} Feb 2024 10:00:00 +0000\r\n\r\n"
        + "word " * number + "\r\n"
    ).encode()


def sessions():
    client = connect()
    same(client.PROTOCOL_VERSION, "IMAP4REV1")
    refused(client.login, user, "wrong")
    refused(client.authenticate, "PLAIN", lambda _: b"\0" + user.encode() + b"\0wrong")
    ok(client.login(user, password))
    same(client.state, "AUTH")
    ok(client.noop())
    ok(client.xatom("ID", "NIL"))
    same(client.logout()[0], "BYE")
    client = connect()
    ok(client.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode()))
    same("ENABLE" in client.capabilities, True)
    refused(client.select, "Nowhere")
    ok(client.select())
    with connect() as another:
        ok(another.login(user, password))


def mailboxes():
    client = log_in()
    standing = ["Archive", "Drafts", "INBOX", "Junk", "Sent", "Trash"]
    same(names(ok(client.list())), standing)
    for name in ["Entw&APw-rfe", "Entw&APw-rfe/2024", '"New folder"', "Rubbish"]:
        ok(client.create(name))
    refused(client.create, "Archive")
    ok(client.rename("Entw&APw-rfe/2024", "Entw&APw-rfe/2023"))
    ok(client.delete("Rubbish"))
    refused(client.delete, "Rubbish")
    same(names(ok(client.list('""', "N%"))), ["New folder"])
    ok(client.subscribe('"New folder"'))
    ok(client.subscribe("Archive"))
    ok(client.unsubscribe("Archive"))
    same(names(ok(client.lsub())), ["New folder"])
    same(ok(client.status("INBOX", "(MESSAGES UIDNEXT UNSEEN)")),
         [b"INBOX (MESSAGES 0 UIDNEXT 1 UNSEEN 0)"])


def messages():
    client = log_in()
    for number in range(1, 7):
        date = f'"{number:02}-Jan-2024 12:00:00 +0100"'
        given = r"(\Seen)" if number % 2 else None
        [text] = ok(client.append("INBOX", given, date, message(number)))
        same(re.match(rb"\[APPENDUID \d+ %d\]" % number, text) is not None, True)
    refused(client.append, "Nowhere", None, None, message(1))
    same(ok(client.select()), [b"6"])
    same(flags(ok(client.store("1:2", "+FLAGS", r"\Flagged"))),
         {1: [r"\Flagged", r"\Seen"], 2: [r"\Flagged"]})
    same(flags(ok(client.store("3", "FLAGS", r"(\Answered $Label)"))),
         {3: ["$Label", r"\Answered"]})
    ok(client.store("1", "-FLAGS.SILENT", r"(\Seen)"))
    same(flags(ok(client.uid("STORE", "6", "+FLAGS", r"(\Draft)"))), {6: [r"\Draft"]})
    same(flags(ok(client.fetch("1:3", "(FLAGS)"))),
         {1: [r"\Flagged"], 2: [r"\Flagged"], 3: ["$Label", r"\Answered"]})
    [text] = ok(client.copy("1:2", "Archive"))
    same(re.fullmatch(rb"\[COPYUID \d+ 1:2 1:2\].*", text) is not None, True)
    refused(client.copy, "1:2", "Nowhere")
    ok(client.uid("COPY", "3", "Archive"))
    ok(client.uid("MOVE", "4", "Drafts"))
    same(numbers(client.response("EXPUNGE")[1]), [4])
    same(numbers(ok(client.uid("SEARCH", "ALL"))), [1, 2, 3, 5, 6])
    ok(client.store("2", "+FLAGS", r"(\Deleted)"))
    same(numbers(ok(client.expunge())), [2])
    ok(client.uid("STORE", "1,5", "+FLAGS.SILENT", r"(\Deleted)"))
    ok(client.uid("EXPUNGE", "5"))
    same(numbers(client.response("EXPUNGE")[1]), [3])
    ok(client.close())
    same(ok(client.select("Archive", readonly=True)), [b"3"])
    refused(client.store, "1", "+FLAGS", r"(\Deleted)")
    ok(client.unselect())
    same(ok(client.select("INBOX")), [b"2"])
    same(numbers(ok(client.uid("SEARCH", "ALL"))), [3, 6])


def with_messages(count):
    client = log_in()
    for number in range(1, count + 1):
        date = f'"{number:02}-Jan-2024 12:00:00 +0100"'
        client.append("INBOX", r"(\Seen)" if number % 2 else None, date, message(number))
    ok(client.select())
    return client


def fetches():
    client = with_messages(3)
    [(head, octets), rest] = ok(client.fetch("2", "(BODY.PEEK[])"))
    same((octets, rest), (message(2), b")"))
    same(head, b"2 (BODY[] {%d}" % len(message(2)))
    same(ok(client.fetch("1", "(RFC822.SIZE)")), [b"1 (RFC822.SIZE %d)" % len(message(1))])
    same(ok(client.fetch("2", "(INTERNALDATE)")),
         [b'2 (INTERNALDATE "02-Jan-2024 12:00:00 +0100")'])
    same(flags(ok(client.fetch("2", "(FLAGS)"))), {2: []})
    same(ok(client.fetch("2", "(BODY[TEXT])"))[0][1], b"word word \r\n")
    same(flags(ok(client.fetch("2", "(FLAGS)"))), {2: [r"\Seen"]})
    [(_, octets), _] = ok(client.fetch("3", "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])"))
    same(octets, b"Subject: number 3\r\n\r\n")
    [(_, octets), _] = ok(client.fetch("3", "(BODY.PEEK[TEXT]<5.4>)"))
    same(octets, b"word")
    # Of IMAP before RFC 2060.
    refused(client.partial, "3", "RFC822.TEXT", "1", "4")
    same(ok(client.fetch("1", "(ENVELOPE)")),
         [b'1 (ENVELOPE ("19 Feb 2024 10:00:00 +0000" "number 1" (("Ann" NIL "ann1" "example.org")) '
          b'(("Ann" NIL "ann1" "example.org")) (("Ann" NIL "ann1" "example.org")) '
          b'((NIL NIL "bob" "example.org")) NIL NIL NIL "<1@example.org>"))'])
    same(ok(client.fetch("1", "(BODY)")),
         [b'1 (BODY ("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 7 1))'])
    same(ok(client.uid("FETCH", "2:3", "(UID)")), [b"2 (UID 2)", b"3 (UID 3)"])
    same(len(ok(client.fetch("1:*", "ALL"))), 3)
    same(len(ok(client.fetch("1:*", "FULL"))), 3)


def searches():
    client = with_messages(6)
    found = lambda *keys: numbers(ok(client.search(None, *keys)))  # noqa: E731
    same(found("UNSEEN"), [2, 4, 6])
    same(found("UNSEEN", "SUBJECT", '"number 4"'), [4])
    same(found("FROM", '"nobody"'), [])
    same(found("OR", "BODY", '"word word word word word"', "1"), [1, 5, 6])
    same(found("SINCE", "4-Jan-2024"), [4, 5, 6])
    same(found("SENTBEFORE", "16-Feb-2024"), [5, 6])
    same(numbers(ok(client.search("UTF-8", "NOT", "SEEN"))), [2, 4, 6])
    same(numbers(ok(client.uid("SEARCH", "2:4"))), [2, 3, 4])
    same(numbers(ok(client.sort("(DATE)", "UTF-8", "ALL"))), [6, 5, 4, 3, 2, 1])
    same(numbers(ok(client.uid("SORT", "(REVERSE SUBJECT)", "UTF-8", "ALL"))), [6, 5, 4, 3, 2, 1])
    same(ok(client.thread("REFERENCES", "UTF-8", "1:2")), [b"(2)(1)"])
    same(ok(client.uid("THREAD", "ORDEREDSUBJECT", "UTF-8", "3")), [b"(3)"])
    refused(client.search, "KLINGON", "SUBJECT", '"x"')


def tls():
    context = ssl.create_default_context(cafile=authority)
    with imaplib.IMAP4_SSL("localhost", int(tls_port), ssl_context=context, timeout=20) as client:
        ok(client.login(user, password))
        ok(client.select())
    with connect() as client:
        same("STARTTLS" in client.capabilities, True)
        ok(client.starttls(context))
        same("STARTTLS" in client.capabilities, False)
        ok(client.login(user, password))
    context = ssl.create_default_context()
    try:
        imaplib.IMAP4_SSL("localhost", int(tls_port), ssl_context=context, timeout=20)
    except ssl.SSLCertVerificationError:
        same("refused", "refused")


def idles():
    """Python 3.14 is the first that can; before that the octets are sent by hand."""
    client = with_messages(1)
    other = log_in()
    if hasattr(client, "idle"):
        with client.idle(duration=20) as news:
            ok(other.append("INBOX", None, None, message(2)))
            same(next(news), ("EXISTS", [b"2"]))
    else:
        client.send(b"x IDLE\r\n")
        same(client.readline()[:2], b"+ ")
        ok(other.append("INBOX", None, None, message(2)))
        same(client.readline(), b"* 2 EXISTS\r\n")
        while not (line := client.readline()).startswith(b"x "):
            client.send(b"DONE\r\n")
        same(line[:4], b"x OK")
    same(numbers(ok(client.search(None, "ALL"))), [1, 2])


parts = [sessions, mailboxes, messages, fetches, searches, tls, idles]
{part.__name__: part for part in parts}[part]()
print(looked_at)
