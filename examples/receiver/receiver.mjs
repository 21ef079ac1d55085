// A receiver of Topout's webhooks: verifies, removes duplicates, orders by position. Needs Node 22 or newer and nothing else.
import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';

const toleranceSeconds = 5 * 60;
const longestBody = 1024 * 1024;

const {
  PORT = '8080',
  HOST = '127.0.0.1',
  RECEIVER_SECRET: secrets = '',
  RECEIVER_PUBLIC_KEY: publicKey = '',
  RECEIVER_FILE: file = 'received.ndjson',
} = process.env;
if (!secrets && !publicKey) {
  console.error(
    'Neither RECEIVER_SECRET (whsec_...) nor RECEIVER_PUBLIC_KEY (whpk_...) is set; expected one of them.',
  );
  process.exit(2);
}

const hmacKeys = secrets
  .split(',')
  .filter(Boolean)
  .map((secret) => bytesOf(secret, 'whsec_', 'RECEIVER_SECRET'));
const ed25519Key = publicKey
  ? createPublicKey({
      format: 'jwk',
      key: {
        kty: 'OKP',
        crv: 'Ed25519',
        x: bytesOf(publicKey, 'whpk_', 'RECEIVER_PUBLIC_KEY').toString('base64url'),
      },
    })
  : undefined;

/** Ids of the notices that are stored. */
const notices = new Set();
/** What happened, by the id of its event. */
const happenings = new Map();
for (const line of linesOf(file)) remember(JSON.parse(line));

const server = createServer(async (request, response) => {
  const answer = (status, body) => {
    const isText = typeof body === 'string';
    response.writeHead(status, { 'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json' });
    response.end(isText ? `${body}\n` : JSON.stringify(body));
  };
  try {
    if (request.method === 'GET') return answer(200, ordered());
    if (request.method !== 'POST') return answer(405, 'Expected POST, or GET for what was received.');
    const body = await bodyOf(request);
    if (body === undefined) return answer(413, `Expected at most ${longestBody} bytes.`);
    const fault = faultOf(request.headers, body);
    if (fault) return answer(401, fault);
    return receive(request.headers['webhook-id'], JSON.parse(body.toString()), answer);
  } catch (error) {
    console.error(error);
    // Sent again later.
    return answer(500, 'The notice could not be stored.');
  }
});
server.listen(Number(PORT), HOST, () => {
  console.log(`receiving on http://${HOST}:${server.address().port}/, ${notices.size} notices known`);
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));

function receive(id, message, answer) {
  // A new subscription sends a challenge first: echo it.
  if (message.type === 'challenge') return answer(200, { challenge: message.challenge });
  if (message.type !== 'alerts.notice') return answer(200, 'ignored');
  if (notices.has(id)) return answer(200, 'known');
  const notice = { id, kind: message.data.kind, items: message.data.items };
  // Only what is on the disk is accepted; a notice that was not accepted comes again.
  store(notice);
  for (const line of remember(notice)) console.log(line);
  return answer(200, 'stored');
}

/** Keeps a notice in mind and answers a line for each thing in it that is new, in the order in which they happened. */
function remember({ id, kind, items }) {
  notices.add(id);
  if (items.length === 0) return [`${kind}: notice ${id} without alerts`];
  const fresh = items.filter((item) => !happenings.has(item.event)).sort(byPosition);
  const lines = fresh.map((item) => {
    const isLate = [...happenings.values()].some(
      (known) => known.alert === item.alert && known.position > item.position,
    );
    const late = isLate ? ' (late: a newer one is known)' : '';
    return `${item.position} ${item.type} ${item.severity} ${item.project} ${item.rule} since ${item.since}${late}`;
  });
  for (const item of fresh) happenings.set(item.event, item);
  return lines;
}

/** All events in order, and the state of each alert by its newest event. */
function ordered() {
  const all = [...happenings.values()].sort(byPosition);
  const alerts = {};
  for (const { alert, project, type, severity, position } of all) {
    alerts[alert] = { project, isOpen: type !== 'AlertCleared', severity, position };
  }
  return { notices: notices.size, happenings: all, alerts };
}

function byPosition(one, other) {
  return one.position - other.position;
}

/** What is wrong with the signature of a request; undefined when it is genuine and fresh. */
function faultOf(headers, body) {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature'];
  if (!id || !timestamp || !signatures)
    return 'Expected the headers webhook-id, webhook-timestamp and webhook-signature.';
  const age = Date.now() / 1000 - Number(timestamp);
  if (!/^\d+$/.test(timestamp) || Math.abs(age) > toleranceSeconds)
    return `The timestamp is ${timestamp}; expected one of the last ${toleranceSeconds} seconds.`;
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  const isGenuine = signatures.split(' ').some((entry) => {
    const [version, text = ''] = entry.split(',');
    const signature = Buffer.from(text, 'base64');
    if (version === 'v1') return hmacKeys.some((key) => isHmac(key, content, signature));
    return version === 'v1a' && ed25519Key !== undefined && verify(null, content, ed25519Key, signature);
  });
  return isGenuine ? undefined : 'The signature is not one of the sender; expected v1 or v1a.';
}

function isHmac(key, content, signature) {
  const expected = createHmac('sha256', key).update(content).digest();
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}

/** Adds a line to the file and brings it to the disk; of a line that could not be written nothing is left. */
function store(notice) {
  const descriptor = openSync(file, 'a', 0o600);
  const { size } = fstatSync(descriptor);
  try {
    writeFileSync(descriptor, `${JSON.stringify(notice)}\n`);
    fsyncSync(descriptor);
  } catch (error) {
    ftruncateSync(descriptor, size);
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** The lines that were written whole; a last one that was cut was never accepted, and is taken off. */
function linesOf(path) {
  if (!existsSync(path)) return [];
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf('\n') + 1;
  if (end < bytes.length) truncateSync(path, end);
  return bytes.subarray(0, end).toString().split('\n').filter(Boolean);
}

/** The bytes of a request; undefined when there are too many. */
async function bodyOf(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > longestBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function bytesOf(text, prefix, name) {
  const bytes = Buffer.from(text.startsWith(prefix) ? text.slice(prefix.length) : '', 'base64');
  if (bytes.length > 0) return bytes;
  console.error(
    `${name} does not begin with ${prefix} or has nothing after it; expected ${prefix} and base64.`,
  );
  process.exit(2);
}
