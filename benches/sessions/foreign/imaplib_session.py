"""A session of imaplib: SCENARIO FORM PORT COUNT. Prints what it found, and KiB of memory."""

import imaplib
import re
import sys

scenario, form, port, count = sys.argv[1:]
found, uids, content = 0, 0, 0

ASKED = {
    "flags": "(UID FLAGS)",
    "full": "(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)",
    "bodies": "(UID BODY.PEEK[])",
    "large": "(UID BODY.PEEK[])",
}
UID = re.compile(rb"UID (\d+)")
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


def content_of(line):
    # It gives the text of the response, and leaves the reading to its user.
    if scenario == "flags":
        return len(imaplib.ParseFlags(line))
    return int(SIZE.search(line)[1])


# More than its limit for lines, which the answer to SEARCH exceeds.
imaplib._MAXLINE = 1 << 30
client = imaplib.IMAP4("127.0.0.1", int(port))
client.login("ann", "secret")
client.select("INBOX")
if scenario == "noop":
    for _ in range(int(count)):
        client.noop()
        found += 1
elif scenario == "search":
    _, (numbers,) = client.uid("SEARCH", "ALL")
    numbers = numbers.split()
    found, uids = len(numbers), sum(map(int, numbers))
elif scenario in ("bodies", "large"):
    # A response with a literal comes as what is before it and the literal, and what is behind.
    for response in client.fetch("1:*", ASKED[scenario])[1]:
        if isinstance(response, tuple):
            line, text = response
            found += 1
            uids += int(UID.search(line)[1])
            content += len(text) + sum(text[::4096])
elif scenario != "empty":
    for line in client.fetch("1:*", ASKED[scenario])[1]:
        found += 1
        uids += int(UID.search(line)[1])
        content += content_of(line)
client.logout()
with open("/proc/self/status") as status:
    peak = re.search(r"VmHWM:\s+(\d+)", status.read())[1]
print(found, uids, content, peak)
