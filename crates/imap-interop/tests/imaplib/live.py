"""Goes through an account with Python's imaplib, and prints what it is given, as JSON.

    python3 live.py HOST PORT USER PASSWORD
"""

import imaplib
import json
import re
import sys

host, port, user, password = sys.argv[1:]
M = imaplib.IMAP4(host, int(port))
seen = {"version": [M.PROTOCOL_VERSION]}


def note(name, call, read=None):
    """Notes the status under the name, or that it was an error, and what is read from the data."""
    try:
        status, data = call()
        seen[name] = [status] + (read(data) if read and status == "OK" else [])
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        seen[name] = ["error"]


def text(item):
    return (b"".join(item) if isinstance(item, tuple) else item or b"").decode()


def lines(data):
    return [text(item) for item in data if item]


def names(data):
    """The names of mailboxes as they are on the wire, in order."""
    found = (re.search(r'"/" "?(.*?)"?$', line).group(1) for line in lines(data))
    return sorted(name.replace('\\"', '"') for name in found)


def numbers(data):
    return " ".join(lines(data)).split()


def flags(data):
    """The number of each message with its flags."""
    parts = [re.match(r"(\d+) .*FLAGS \(([^)]*)\)", line).groups() for line in lines(data)]
    return [" ".join([number] + sorted(set(f.split()) - {"\\Recent"})) for number, f in parts]


note("login", lambda: M.login(user, password))
note("login again", lambda: M.login(user, password))
for name in ["Archive", '"New folder"', "Entw&APw-rfe", "Archive/2024", "Rubbish", '"say \\"&-\\""']:
    note("create " + name, lambda: M.create(name))
note("create twice", lambda: M.create("Archive"))
note("subscribe", lambda: M.subscribe('"New folder"'))
note("subscribe another", lambda: M.subscribe("Archive"))
note("unsubscribe", lambda: M.unsubscribe("Archive"))
note("rename", lambda: M.rename("Archive/2024", "Archive/2023"))
note("delete", lambda: M.delete("Rubbish"))
note("delete nothing", lambda: M.delete("Rubbish"))
for number in range(1, 7):
    message = "Subject: number %d\r\nMessage-ID: <%d@x>\r\nDate: %d Feb 2024 10:00:00 +0000\r\n\r\n%s\r\n"
    octets = (message % (number, number, 20 - number, "word " * number)).encode()
    date = '"%02d-Jan-2024 12:00:00 +0100"' % number
    note("append %d" % number, lambda: M.append("INBOX", r"\Seen" if number % 2 else None, date, octets))
note("append nowhere", lambda: M.append("Nowhere", None, None, b"Subject: x\r\n\r\nx\r\n"))
note("select nothing", lambda: M.select("Nowhere"))
note("fetch too early", lambda: M.fetch("1", "FLAGS"))
note("select", M.select, numbers)
note("store", lambda: M.store("1:2", "+FLAGS", r"\Flagged"), flags)
note("store other", lambda: M.store("3", "FLAGS", r"(\Answered $Label)"), flags)
note("store silent", lambda: M.store("1", "-FLAGS.SILENT", r"(\Seen)"))
note("fetch", lambda: M.fetch("1:*", "(FLAGS)"), flags)
note("fetch size", lambda: M.fetch("2", "(RFC822.SIZE)"), lines)
note("fetch text", lambda: M.fetch("2", "(BODY.PEEK[TEXT])"), lambda data: [data[0][1].decode()])
note("fetch date", lambda: M.fetch("2", "(INTERNALDATE)"),
     lambda data: [re.search('"(.*)"', text(data[0])).group(1).strip().rjust(26, "0")])
note("uid fetch", lambda: M.uid("FETCH", "5:6", "(FLAGS)"), flags)
note("uid store", lambda: M.uid("STORE", "5", "+FLAGS", r"(\Draft)"), flags)
note("search", lambda: M.search(None, "UNSEEN", "SUBJECT", '"number"'), numbers)
note("search nothing", lambda: M.search(None, "FROM", '"nobody"'), numbers)
note("search charset", lambda: M.search("UTF-8", "NOT", "FLAGGED"), numbers)
note("uid search", lambda: M.uid("SEARCH", "2:4"), numbers)
note("sort", lambda: M.sort("(DATE)", "UTF-8", "ALL"), numbers)
note("uid sort", lambda: M.uid("SORT", "(REVERSE SUBJECT)", "UTF-8", "ALL"), numbers)
note("thread", lambda: M.thread("REFERENCES", "UTF-8", "1:2"), lines)
note("uid thread", lambda: M.uid("THREAD", "REFERENCES", "UTF-8", "3"), lines)
note("copy", lambda: M.copy("1:2", "Archive"))
note("copy nowhere", lambda: M.copy("1:2", "Nowhere"))
note("uid copy", lambda: M.uid("COPY", "3", '"New folder"'))
note("uid move", lambda: M.uid("MOVE", "4", "Entw&APw-rfe"))
M.response("EXPUNGE")  # else it is given as the result of the next EXPUNGE
note("noop", M.noop)
note("check", M.check)
note("store deleted", lambda: M.store("2", "+FLAGS", r"(\Deleted)"), flags)
note("expunge", M.expunge, numbers)
note("uid store deleted", lambda: M.uid("STORE", "1,5", "+FLAGS.SILENT", r"(\Deleted)"))
note("uid expunge", lambda: M.uid("EXPUNGE", "5"))
note("partial", lambda: M.partial("1", "RFC822.TEXT", "1", "10"))
note("close", M.close)
note("examine", lambda: M.select("Archive", readonly=True), numbers)
note("store read only", lambda: M.store("1", "+FLAGS", r"(\Deleted)"))
note("unselect", M.unselect)
note("status", lambda: M.status("INBOX", "(MESSAGES UIDNEXT UNSEEN)"),
     lambda data: re.search(r"\((.*)\)", text(data[0])).group(1).split())
note("list", M.list, names)
note("list one level", lambda: M.list('""', "%"), names)
note("lsub", M.lsub, names)
note("namespace", M.namespace, lines)
note("setacl", lambda: M.setacl("Archive", "anyone", "lr"))
note("getacl", lambda: M.getacl("Archive"), lambda data: sorted(re.findall(r"anyone \w+", text(data[0]))))
note("deleteacl", lambda: M.deleteacl("Archive", "anyone"))
note("myrights", lambda: M.myrights("Archive"),
     lambda data: ["".join(sorted(set(text(data[0]).split()[-1]) - set("cd")))])
note("getquotaroot", lambda: M.getquotaroot("INBOX"), lambda data: [str(len(data[1]))])
note("getquota nothing", lambda: M.getquota('"no such root"'))
note("setquota", lambda: M.setquota('"no such root"', "(STORAGE 512)"))
note("xatom", lambda: M.xatom("ID", "NIL"))
note("proxyauth", lambda: M.proxyauth("somebody"))
note("setannotation", lambda: M.setannotation("Archive", '"/comment"', '("value.priv" "x")'))
note("getannotation", lambda: M.getannotation("Archive", '"/comment"', '"value.priv"'))
M.logout()
seen["state"] = [M.state]
print(json.dumps(seen))
