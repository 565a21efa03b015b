// A session of imapflow: SCENARIO FORM PORT COUNT. Prints what it found, and KiB of memory.
import { readFileSync } from 'node:fs';
import { ImapFlow } from 'imapflow';

const [scenario, form, port, count] = process.argv.slice(2);
const proof = { count: 0, uids: 0, content: 0 };

const ASKED = {
    flags: { uid: true, flags: true },
    full: { uid: true, flags: true, internalDate: true, size: true, envelope: true, bodyStructure: true },
    bodies: { uid: true, source: true },
    large: { uid: true, source: true }
};

function sample(text) {
    let total = text.length;
    for (let at = 0; at < text.length; at += 4096) {
        total += text[at];
    }
    return total;
}

const CONTENT = {
    flags: message => message.flags.size,
    full: message => message.size,
    bodies: message => sample(message.source),
    large: message => sample(message.source)
};

function add(message) {
    proof.count += 1;
    proof.uids += message.uid;
    proof.content += CONTENT[scenario](message);
}

const client = new ImapFlow({
    host: '127.0.0.1',
    port: Number(port),
    secure: false,
    doSTARTTLS: false,
    auth: { user: 'ann', pass: 'secret' },
    // More than its limits, which one of the answers exceeds.
    maxLiteralSize: 1024 ** 3,
    maxLineLength: 1024 ** 3,
    logger: false
});
await client.connect();
await client.mailboxOpen('INBOX');
if (scenario === 'noop') {
    for (let n = 0; n < Number(count); n++) {
        await client.noop();
        proof.count += 1;
    }
} else if (scenario === 'search') {
    for (const uid of await client.search({ all: true }, { uid: true })) {
        proof.count += 1;
        proof.uids += uid;
    }
} else if (scenario !== 'empty' && form === 'kept') {
    (await client.fetchAll('1:*', ASKED[scenario])).forEach(add);
} else if (scenario !== 'empty') {
    for await (const message of client.fetch('1:*', ASKED[scenario])) {
        add(message);
    }
}
await client.logout();
const peak = readFileSync('/proc/self/status', 'utf8').match(/VmHWM:\s+(\d+)/)[1];
console.log(proof.count, proof.uids, proof.content, peak);
