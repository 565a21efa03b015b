"""Runs Python's imaplib against a server in memory, and writes down what it says and gives.

    python3 record_imaplib.py >imaplib.json

imaplib.json is of Python 3.11; newer ones quote arguments. What Python 3.14 has more stands in
SEEN, as it was seen to be.
"""

import imaplib
import json
import platform
import re

CAPS = "IMAP4rev1 ENABLE UTF8=ACCEPT IDLE MOVE UIDPLUS AUTH=CRAM-MD5 SORT THREAD=REFERENCES"
OK = "{tag} OK {name} completed\r\n"
N, A, S = "NONAUTH", "AUTH", "SELECTED"
CASES = []


def case(name, start, call, *server, greeting=None, caps=CAPS):
    """What is called in which state, and what the server says, turn by turn."""
    if greeting is None:
        greeting = "* OK hi\r\n" if start == N else "* PREAUTH hi\r\n"
    setup = [greeting]
    if caps is not None:
        setup.append("* CAPABILITY %s\r\n{tag} OK done\r\n" % caps)
    if start == S:
        setup.append("* 2 EXISTS\r\n{tag} OK [READ-WRITE] done\r\n")
    CASES.append(dict(name=name, start=start, python=call, setup=setup, server=list(server) or [OK]))


class Memory(imaplib.IMAP4):
    """A client whose server says its next turn when it was told something and is read from."""

    def __init__(self, turns):
        self.turns, self.sent, self.pending, self.told = turns, [], b"", True
        self.tag = self.command = b""
        super().__init__()

    def open(self, host="", port=143, timeout=None):
        self.host, self.port = host, port

    def send(self, data):
        self.sent.append(data)
        self.told = True
        line = re.match(rb"([A-P]{4}\d+) (\S+)", data)
        if line:
            self.tag, self.command = line.groups()

    def fill(self):
        if not self.pending and self.told and self.turns:
            self.told = False
            turn = self.turns.pop(0).encode("latin-1")
            self.pending = turn.replace(b"{tag}", self.tag).replace(b"{name}", self.command)
            self.turn_text = self.pending.decode("latin-1").rpartition(" OK ")[2].rstrip()

    def read(self, size):
        self.fill()
        data, self.pending = self.pending[:size], self.pending[size:]
        return data

    def readline(self):
        self.fill()
        line, end, self.pending = self.pending.partition(b"\n")
        return line + end

    def shutdown(self):
        pass


def run(case):
    """The case with what imaplib sent and gave, and its state afterwards."""
    try:
        M = Memory(case["setup"] + case["server"])
        if case["start"] == S:
            M.select()
    except Exception as error:
        return dict(case, gives=raised(error))
    M.sent.clear()
    M.response("EXISTS")
    try:
        value = eval(case["python"], {"M": M, "caught": caught})
        several = isinstance(value, list) or isinstance(value, tuple) and value[0] not in STATUS
        gives = [given(v, M) for v in value] if several else [given(value, M)]
    except Exception as error:
        gives = raised(error)
    sent = b"".join(M.sent).decode("latin-1")
    case = dict(case, sent=sent, gives=gives, state=M.state)
    tags = list(dict.fromkeys(re.findall("[A-P]{4}[0-9]+", sent)))
    text = json.dumps(case)
    for number, tag in enumerate(tags, 1):
        text = text.replace(tag, "T%d" % number)
    return json.loads(text)


STATUS = ("OK", "NO", "BYE")


def given(value, M):
    """A result as a list of texts: the status, and then the data without what is empty."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not isinstance(value, tuple):
        return [plain(value)]
    status, data = value
    texts = list(lines(data))
    # The text of the tagged response, where the command has no data.
    if status == "OK" and len(texts) == 1 and M.turn_text == texts[0]:
        texts = []
    return [status] + texts


def lines(data):
    """The responses, those with literals in one piece."""
    text = ""
    for item in data:
        if isinstance(item, list):
            yield from lines(item)
        elif isinstance(item, tuple):
            text += plain(item[0]) + "\r\n" + plain(item[1])
        else:
            text += plain(item or b"")
            if text:
                yield text
            text = ""


def plain(value):
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def caught(call):
    try:
        return call()
    except Exception as error:
        return raised(error)[0]


def raised(error):
    for name in ("readonly", "abort", "error"):
        if isinstance(error, getattr(imaplib.IMAP4, name)):
            return [["raises " + name]]
    return [["raises " + type(error).__name__]]


case("append", A, r"""M.append('INBOX', r'\Seen', '"01-Jan-2000 00:00:00 +0000"', b'a\r\nb\nc\rd')""", "+ go\r\n", OK.replace("{name}", "APPEND"))
case("append_literal_leak_into_next_command", A, r"""[caught(lambda: M.append('\xfc', None, None, b'hello')), M.noop()]""", "+ go\r\n{tag} OK NOOP completed\r\n")
case("append_no", A, "M.append('X', None, None, b'x')", "{tag} NO [TRYCREATE] no\r\n")
case("append_none", A, "M.append(None, None, None, b'x')", "+ go\r\n", "{tag} OK APPEND completed\r\n")
case("append_space", A, r"M.append('New folder', r'\Seen', None, b'x')", "+ go\r\n", "{tag} OK APPEND completed\r\n")
case("append_str", A, "M.append('X', None, None, 'x')")
case("append_utf8", A, "[M.enable('UTF8=ACCEPT'), M.append('X', None, None, b'hi\\n')][1]", "* ENABLED UTF8=ACCEPT\r\n{tag} OK e\r\n", "+ go\r\n", "{tag} OK done\r\n")
case("authenticate_abort", N, "M.authenticate('X', lambda _: None)", "+ \r\n", "{tag} BAD aborted\r\n")
case("authenticate_multi", N, "M.authenticate('X', lambda c: b'r:' + c)", "+\r\n", "+ YWE=\r\n", "* CAPABILITY IMAP4rev1\r\n{tag} OK in\r\n")
case("authenticate_no", N, "M.authenticate('X', lambda c: b'')", "{tag} NO no such mech\r\n")
case("authenticate_plain", N, r"M.authenticate('PLAIN', lambda c: b'\0u\0p')", "+ \r\n", "* CAPABILITY IMAP4rev1\r\n{tag} OK in\r\n")
case("bye_midway", S, "M.noop()", "* BYE shutting down\r\n")
case("capability", S, "M.capability()", "* CAPABILITY " + CAPS + "\r\n{tag} OK done\r\n")
case("caps_imap4", N, "M.PROTOCOL_VERSION", caps="IMAP4")
case("caps_rev2_only", N, "M.PROTOCOL_VERSION", caps="IMAP4rev2")
case("check", S, "M.check()")
case("close", S, "M.close()")
case("close_no", S, "M.close()", "{tag} NO no\r\n")
case("copy", S, "M.copy('2:4', 'MEETING')", "{tag} OK [COPYUID 1 2:4 7:9] done\r\n")
case("copy_int", S, "M.copy(2, 'MEETING')")
case("create", A, "M.create('foo/bar')")
case("create_empty", A, "M.create('')")
case("create_space", A, "M.create('New folder')")
case("ctx_manager", A, "M.__exit__()", "* BYE bye\r\n{tag} OK done\r\n")
case("delete", A, "M.delete('foo/bar')")
case("delete_space", A, "M.delete('New folder')")
case("deleteacl", A, "M.deleteacl('INBOX', 'Fred')")
case("double_space", S, "M.noop()", "*  4 EXISTS\r\n{tag} OK n\r\n")
case("enable", A, "(M.enable('UTF8=ACCEPT'), M.utf8_enabled)", "* ENABLED UTF8=ACCEPT\r\n{tag} OK e\r\n")
case("enable_not_enabled_but_ok", A, "(M.enable('UTF8=ACCEPT'), M.utf8_enabled)", "{tag} OK e\r\n")
case("enable_wrong_state", S, "M.enable('UTF8=ACCEPT')")
case("eof", S, "M.noop()", "")
case("esearch", S, "(M.search(None, 'RETURN (MIN COUNT) ALL'), M.response('ESEARCH'))", '* ESEARCH (TAG "{tag}") MIN 2 COUNT 3\r\n{tag} OK done\r\n')
case("expunge", S, "M.expunge()", "* 3 EXPUNGE\r\n* 3 EXPUNGE\r\n* 5 EXPUNGE\r\n{tag} OK done\r\n")
case("expunge_none", S, "M.expunge()")
case("fetch", S, "M.fetch('1:2', '(FLAGS BODY[])')", "* 1 FETCH (FLAGS (\\Seen) BODY[] {5}\r\nhello)\r\n* 2 FETCH (FLAGS () BODY[] {0}\r\n)\r\n{tag} OK done\r\n")
case("fetch_bad", S, "M.fetch('x', 'y')", "{tag} BAD syntax\r\n")
case("fetch_blank_after_literal", S, "M.fetch('1', 'BODY[]')", "* 1 FETCH (BODY[] {3}\r\nabc\r\n)\r\n{tag} OK done\r\n")
case("fetch_literal8", S, "M.fetch('1', 'BINARY[1]')", "* 1 FETCH (BINARY[1] ~{3}\r\n\0\1\2)\r\n{tag} OK done\r\n")
case("fetch_no", S, "M.fetch('99', 'FLAGS')", "* 1 FETCH (FLAGS ())\r\n{tag} NO some failed\r\n")
case("fetch_none", S, "M.fetch('99', 'FLAGS')")
case("fetch_quoted_body", S, "M.fetch('1', 'BODY[TEXT]')", "* 1 FETCH (BODY[TEXT] \"quoted\")\r\n{tag} OK done\r\n")
case("fetch_two_literals", S, "M.fetch('1', '(BODY[HEADER] BODY[TEXT] UID)')", "* 1 FETCH (BODY[HEADER] {3}\r\nabc BODY[TEXT] {2}\r\nde UID 5)\r\n{tag} OK done\r\n")
case("foreign_tag", S, "M.noop()", "ZZZ1 OK n\r\n")
case("getacl", A, "M.getacl('INBOX')", "* ACL INBOX Fred rwipslda\r\n{tag} OK done\r\n")
case("getannotation", A, "M.getannotation('INBOX', '\"/comment\"', '\"value\"')", '* ANNOTATION INBOX "/comment" ("value" "x")\r\n{tag} OK done\r\n')
case("getquota_empty", A, "M.getquota('')", '* QUOTA "" (STORAGE 10 512)\r\n{tag} OK done\r\n')
case("getquota", A, "M.getquota('\"\"')", '* QUOTA "" (STORAGE 10 512)\r\n{tag} OK done\r\n')
case("getquotaroot", A, "M.getquotaroot('INBOX')", '* QUOTAROOT INBOX ""\r\n* QUOTA "" (STORAGE 10 512)\r\n{tag} OK done\r\n')
case("greeting_bye", N, "M.noop()", greeting="* BYE busy\r\n", caps=None)
case("greeting_caps", N, "M.PROTOCOL_VERSION", greeting="* OK [CAPABILITY IMAP4rev1 ID] hi\r\n")
case("greeting_eof", N, "M.noop()", greeting="", caps=None)
case("greeting_pop3", N, "M.noop()", greeting="+OK POP3\r\n", caps=None)
case("greeting_preauth", A, "M.state")
case("lf_only", S, "M.noop()", "{tag} OK n\n")
case("list", A, "M.list()", '* LIST (\\Noselect) "/" ""\r\n* LIST () "/" "a b"\r\n{tag} OK done\r\n')
case("list_args", A, "M.list('~/Mail/', '%')")
case("list_empty_pat", A, "M.list('', '')")
case("list_literal_name", A, "M.list()", '* LIST () "/" {5}\r\na b"c\r\n* LIST () "/" x\r\n{tag} OK done\r\n')
case("login", N, r"""M.login('user', 'pa"ss\\w')""", "* CAPABILITY IMAP4rev1\r\n{tag} OK LOGIN completed\r\n")
case("login_cram_md5", N, "M.login_cram_md5('tim', 'tanstaaftanstaaf')", "+ PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+\r\n", "* CAPABILITY IMAP4rev1\r\n{tag} OK in\r\n")
case("login_crlf", N, r"M.login('u', 'p\r\nX1 DELETE INBOX')", "* CAPABILITY IMAP4rev1\r\n{tag} OK LOGIN completed\r\n")
case("login_empty", N, "M.login('', '')", "* CAPABILITY IMAP4rev1\r\n{tag} OK LOGIN completed\r\n")
case("login_no", N, "M.login('u', 'p')", "{tag} NO [AUTHENTICATIONFAILED] bad\r\n")
case("login_nonascii", N, r"M.login('u', 'p\xe9')", "+ go\r\n", "* CAPABILITY IMAP4rev1\r\n{tag} OK LOGIN completed\r\n")
case("login_user_space", N, "M.login('us er', 'p')", "* CAPABILITY IMAP4rev1\r\n{tag} OK LOGIN completed\r\n")
case("logout", A, "M.logout()", "* BYE bye now\r\n{tag} OK done\r\n")
case("logout_no_bye", A, "M.logout()", "{tag} OK done\r\n")
case("lowercase_tagged", S, "M.noop()", "{tag} ok n\r\n")
case("lowercase_untagged", S, "M.noop()", "* 4 exists\r\n{tag} OK n\r\n")
case("lsub", A, "M.lsub()", '* LSUB () "." a\r\n{tag} OK done\r\n')
case("myrights", A, "M.myrights('INBOX')", "* MYRIGHTS INBOX rwi\r\n{tag} OK done\r\n")
case("namespace", A, "M.namespace()", '* NAMESPACE (("" "/")) NIL NIL\r\n{tag} OK done\r\n')
case("noop", S, "M.noop()", "* 4 EXISTS\r\n{tag} OK n\r\n")
case("ok_text_ending_brace", S, "M.noop()", "* OK quota {5}\r\n{tag} OK n\r\n")
case("partial", S, "M.partial('1', 'RFC822.TEXT', '0', '10')", '* 1 FETCH (RFC822.TEXT<0.10> "0123456789")\r\n{tag} OK done\r\n')
case("proxyauth", A, "M.proxyauth('bob')", "* CAPABILITY IMAP4rev1\r\n{tag} OK PROXYAUTH completed\r\n")
case("recent_after_select", S, "M.recent()", "* 5 RECENT\r\n{tag} OK n\r\n")
case("recent_none", S, "M.recent()", "{tag} OK n\r\n")
case("rename", A, "M.rename('a', 'b')")
case("response", S, "(M.noop(), M.response('exists'), M.response('EXISTS'))", "* 4 EXISTS\r\n* 5 EXISTS\r\n{tag} OK n\r\n")
case("response_code_bad_charset", S, "(M.search('X', 'ALL'), M.response('BADCHARSET'))", "{tag} NO [BADCHARSET (US-ASCII UTF-8)] no\r\n")
case("response_code_with_bracket_in_text", S, "(M.noop(), M.response('UIDVALIDITY'))", "* OK [UIDVALIDITY 38] text [x] end\r\n{tag} OK n\r\n")
case("search", S, "M.search(None, 'FROM', '\"Smith\"')", "* SEARCH 2 84 882\r\n{tag} OK done\r\n")
case("search_charset", S, "M.search('UTF-8', 'TEXT', '{4}')", "{tag} BAD x\r\n")
case("search_empty", S, "M.search(None, 'ALL')", "* SEARCH \r\n{tag} OK done\r\n")
case("search_missing", S, "M.search(None, 'ALL')", "{tag} OK done\r\n")
case("search_nonascii", S, r"M.search(None, 'SUBJECT', '\xe9')", "+ go\r\n", "{tag} OK done\r\n")
case("search_nonascii_bytes", S, r"""M.search('UTF-8', b'SUBJECT "caf\xc3\xa9"')""", "{tag} OK done\r\n", caps="IMAP4rev1 LITERAL+")
case("search_two_lines", S, "M.search(None, 'ALL')", "* SEARCH 1 2\r\n* SEARCH 3\r\n{tag} OK done\r\n")
case("select", A, "M.select()", "* FLAGS (\\Seen)\r\n* 2 EXISTS\r\n* 1 RECENT\r\n* OK [UIDVALIDITY 38] ok\r\n* OK [UIDNEXT 9] ok\r\n{tag} OK [READ-WRITE] done\r\n")
case("select_bytes", A, "M.select(b'\"A B\"')", "* 2 EXISTS\r\n{tag} OK [READ-WRITE] done\r\n")
case("select_got_readonly_then_close", A, "[caught(lambda: M.select('X')), caught(lambda: M.close()), M.state]", "* 2 EXISTS\r\n{tag} OK [READ-ONLY] done\r\n", OK)
case("select_injection", A, r"M.select('INBOX\r\nX1 DELETE INBOX')", "{tag} OK done\r\n")
case("select_no", A, "M.select('nope')", "{tag} NO [NONEXISTENT] no\r\n")
case("select_nonascii", A, r"M.select('Entw\xfcrfe')", "* 0 EXISTS\r\n{tag} OK done\r\n")
case("select_readonly_arg", A, "M.select('A B', readonly=True)", "* 2 EXISTS\r\n{tag} OK [READ-ONLY] done\r\n")
case("select_space", A, "M.select('New folder')", "{tag} OK done\r\n")
case("setacl", A, "M.setacl('INBOX', 'Fred', '+r')")
case("setannotation", A, "M.setannotation('INBOX', '\"/comment\"', '(\"value\" \"x\")')")
case("setquota", A, "M.setquota('\"\"', '(STORAGE 512)')", '* QUOTA "" (STORAGE 0 512)\r\n{tag} OK done\r\n')
case("sort", S, "M.sort('REVERSE DATE', 'UTF-8', 'ALL')", "* SORT 5 3 4 1 2\r\n{tag} OK done\r\n")
case("sort_empty_criteria", S, "M.sort('', 'UTF-8', 'ALL')")
case("status", A, "M.status('blurdybloop', '(UIDNEXT MESSAGES)')", "* STATUS blurdybloop (MESSAGES 231 UIDNEXT 44292)\r\n{tag} OK done\r\n")
case("status_noparen", A, "M.status('blurdybloop', 'MESSAGES')", "{tag} OK done\r\n")
case("store", S, r"M.store('2:4', '+FLAGS', r'\Deleted')", "* 2 FETCH (FLAGS (\\Deleted \\Seen))\r\n{tag} OK done\r\n")
case("store_empty_flags", S, "M.store('2:4', '+FLAGS', '')")
case("store_silent", S, r"M.store('2:4', '+FLAGS.SILENT', r'\Deleted')")
case("stray_continuation", S, "M.noop()", "+ huh\r\n{tag} OK n\r\n")
case("subscribe", A, "M.subscribe('foo/bar')")
case("subscribe_space", A, "M.subscribe('New folder')")
case("tagged_no_text", S, "M.noop()", "{tag} OK\r\n")
case("thread", S, "M.thread('REFERENCES', 'UTF-8', 'ALL')", "* THREAD (2)(3 6 (4 23)(44 7 96))\r\n{tag} OK done\r\n")
case("uid_copy", S, "(M.uid('COPY', '4', 'X'), M.response('COPYUID'))", "{tag} OK [COPYUID 38 4 9] c\r\n")
case("uid_expunge", S, "(M.uid('EXPUNGE', '4:5'), M.response('EXPUNGE'))", "* 2 EXPUNGE\r\n{tag} OK e\r\n")
case("uid_fetch", S, "M.uid('FETCH', '4:5', '(FLAGS)')", "* 23 FETCH (FLAGS (\\Seen) UID 4)\r\n{tag} OK f\r\n")
case("uid_move", S, "(M.uid('MOVE', '4', 'X'), M.response('EXPUNGE'), M.response('COPYUID'))", "* OK [COPYUID 38 4 9] m\r\n* 2 EXPUNGE\r\n{tag} OK done\r\n")
case("uid_search", S, "M.uid('SEARCH', 'ALL')", "* SEARCH 4 5\r\n{tag} OK done\r\n")
case("uid_store", S, r"M.uid('STORE', '4', '+FLAGS', r'(\Seen)')", "* 23 FETCH (FLAGS (\\Seen) UID 4)\r\n{tag} OK done\r\n")
case("uid_thread", S, "M.uid('THREAD', 'REFERENCES', 'UTF-8', 'ALL')", "* THREAD (2)\r\n{tag} OK done\r\n")
case("uid_unknown", S, "M.uid('BOGUS')")
case("unicode_digits_status", S, "(M.noop(), M.untagged_responses['EXISTS'])", "* 0004 EXISTS\r\n{tag} OK n\r\n")
case("unknown_tag", S, "M.noop()", "{tag}99 OK n\r\n")
case("unselect", S, "M.unselect()")
case("unsolicited_fetch_mixed", S, "[M.noop(), M.fetch('1', '(UID)')][1]", "* 7 FETCH (FLAGS (\\Seen))\r\n{tag} OK n\r\n", "* 1 FETCH (UID 3)\r\n{tag} OK done\r\n")
case("unsubscribe", A, "M.unsubscribe('foo/bar')")
case("unsubscribe_space", A, "M.unsubscribe('New folder')")
case("uppercase_attr", S, "M.NOOP()")
case("uppercase_attr_missing", S, "M.EXAMINE()")
case("wrong_state_fetch", A, "M.fetch('1', 'FLAGS')")
case("xatom", A, "M.xatom('XLIST', '\"\"', '*')", '* XLIST (\\Inbox) "/" "Inbox"\r\n{tag} OK x\r\n')
case("xatom_then_wrong_state", S, """[caught(lambda: M.xatom('XFOO')), setattr(M, 'state', 'AUTH'), caught(lambda: M.xatom('XFOO'))]""", OK)


def seen(name, start, call, sent, gives, state, *server):
    case(name, start, call, *server)
    return dict(CASES.pop(), sent=sent, gives=gives, state=state)


SEEN = [
    seen("append_utf8_of_3_14", A, "[M.enable('UTF8=ACCEPT'), M.append('X', None, None, b'hi\\n')][1]",
         "T1 ENABLE UTF8=ACCEPT\r\nT2 APPEND X UTF8 (~{4}\r\nhi\r\n)\r\n", [["OK"]], A,
         "* ENABLED UTF8=ACCEPT\r\n{tag} OK e\r\n", "+ go\r\n", "{tag} OK done\r\n"),
    seen("idle", S, "with M.idle() as idler: next(idler)",
         "T1 IDLE\r\nDONE\r\n", [["EXISTS", "2"]], S,
         "+ idling\r\n* 2 EXISTS\r\n", "* 9 RECENT\r\n{tag} OK done\r\n"),
    seen("idle_denied", S, "with M.idle(): pass", "T1 IDLE\r\n", [["raises error"]], S, "{tag} NO no\r\n"),
    seen("idle_wrong_state", N, "with M.idle(): pass", "", [["raises error"]], N),
]
recorded = ",\n".join(json.dumps(run(case)) for case in CASES)
by_hand = ",\n".join(json.dumps(case) for case in SEEN)
print('{"python": "%s",\n"cases": [\n%s,\n%s\n]}' % (platform.python_version(), recorded, by_hand))
