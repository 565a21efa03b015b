// Goes through an account with imapflow, and looks at each answer: PORT AUTHORITY USER PASSWORD.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { ImapFlow } from 'imapflow';

const [port, authority, user, pass] = process.argv.slice(2);
const server = {
    host: 'localhost',
    port: Number(port),
    secure: true,
    tls: { ca: readFileSync(authority) },
    logger: false
};

function message(number) {
    return [
        'From: Ann <ann@example.org>',
        'To: bob@example.org',
        `Subject: =?utf-8?Q?gr=C3=BC=C3=9Fe_${number}?=`,
        `Message-ID: <${number}@example.org>`,
        'Date: Tue, 13 Feb 2024 10:00:00 +0000',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=x',
        '',
        '--x',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        `gr=C3=BC=C3=9Fe ${number}`,
        '--x',
        'Content-Type: application/octet-stream; name=data.bin',
        'Content-Disposition: attachment; filename=data.bin',
        'Content-Transfer-Encoding: base64',
        '',
        'AAECAw==',
        '--x--',
        ''
    ].join('\r\n');
}

async function connect() {
    const client = new ImapFlow({ ...server, auth: { user, pass } });
    await client.connect();
    return client;
}

const happened = (client, event) => new Promise(resolve => client.once(event, resolve));

const wrong = new ImapFlow({ ...server, auth: { user, pass: 'wrong' } });
await assert.rejects(wrong.connect(), error => error.authenticationFailed);
wrong.close();

const client = await connect();
const special = Object.fromEntries((await client.list()).map(entry => [entry.path, entry.specialUse]));
assert.deepEqual(special, {
    INBOX: '\\Inbox', Archive: '\\Archive', Drafts: '\\Drafts', Junk: '\\Junk', Sent: '\\Sent', Trash: '\\Trash'
});
assert.equal((await client.mailboxCreate(['Entwürfe', '2024'])).path, 'Entwürfe/2024');
assert.equal((await client.mailboxRename('Entwürfe/2024', 'Entwürfe/2023')).newPath, 'Entwürfe/2023');
assert.ok(await client.mailboxSubscribe('Entwürfe/2023'));
assert.ok((await client.list()).find(entry => entry.path === 'Entwürfe/2023').subscribed);
assert.ok(await client.mailboxDelete('Entwürfe/2023'));

for (let number = 1; number <= 3; number++) {
    const date = new Date(Date.UTC(2024, 0, number, 12));
    const appended = await client.append('INBOX', message(number), number % 2 ? ['\\Seen'] : [], date);
    assert.equal(appended.uid, number);
}
const status = await client.status('INBOX', { messages: true, unseen: true, uidNext: true });
assert.deepEqual([status.messages, status.unseen, status.uidNext], [3, 1, 4]);

const lock = await client.getMailboxLock('INBOX');
assert.equal(client.mailbox.exists, 3);
const all = { uid: true, flags: true, envelope: true, bodyStructure: true, internalDate: true, size: true, source: true };
const fetched = await client.fetchAll('1:*', all);
fetched.forEach((one, index) => {
    const number = index + 1;
    assert.equal(one.uid, number);
    assert.equal(one.envelope.subject, `grüße ${number}`);
    assert.deepEqual(one.envelope.from, [{ name: 'Ann', address: 'ann@example.org' }]);
    assert.equal(one.internalDate.getTime(), Date.UTC(2024, 0, number, 12));
    assert.equal(one.source.toString(), message(number));
    assert.equal(one.size, message(number).length);
    assert.deepEqual(one.bodyStructure.childNodes.map(node => node.type), ['text/plain', 'application/octet-stream']);
    assert.equal(one.bodyStructure.childNodes[1].dispositionParameters.filename, 'data.bin');
});
assert.equal(fetched.length, 3);
assert.equal(await text((await client.download('2', '1', { uid: true })).content), 'grüße 2');
assert.deepEqual(await client.search({ seen: false }, { uid: true }), [2]);
assert.deepEqual(await client.search({ or: [{ subject: 'grüße 3' }, { body: 'grüße 1' }] }), [1, 3]);
assert.ok(await client.messageFlagsAdd('2', ['\\Flagged', 'work']));
assert.deepEqual([...(await client.fetchOne('2', { flags: true })).flags].filter(flag => flag !== '\\Recent').sort(), ['\\Flagged', 'work']);
assert.ok(await client.messageFlagsRemove('2', ['work']));
assert.deepEqual([...(await client.messageCopy('1:2', 'Archive')).uidMap], [[1, 1], [2, 2]]);
assert.deepEqual([...(await client.messageMove('3', 'Sent', { uid: true })).uidMap], [[3, 1]]);
assert.ok(await client.messageDelete('1'));
assert.deepEqual(await client.search({ all: true }, { uid: true }), [2]);

// What another session does is told of while this one waits.
const other = await connect();
const waiting = client.idle();
const exists = happened(client, 'exists');
await other.append('INBOX', message(4));
assert.equal((await exists).count, 2);
const flags = happened(client, 'flags');
await other.mailboxOpen('INBOX');
await other.messageFlagsAdd('4', ['\\Answered'], { uid: true });
assert.ok((await flags).flags.has('\\Answered'));
const expunge = happened(client, 'expunge');
await other.messageDelete('2', { uid: true });
const gone = await expunge;
assert.ok(gone.seq === 1 || gone.uid === 2);
assert.deepEqual(await client.search({ all: true }, { uid: true }), [4]);
await waiting;
lock.release();
await other.logout();
await client.logout();
console.log('done');
