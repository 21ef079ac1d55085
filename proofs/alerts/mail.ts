import type { AddressInfo, Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { ruleKinds, severities } from '../../domain/governance/rules.js';
import type { ChannelPort } from '../../src/channels/channel.js';
import { emailChannel } from '../../src/channels/email.js';
import { letterOf } from '../../src/channels/email-letter.js';
import type { Notice, NoticeItem } from '../../src/channels/notice.js';
import { type Dice, diceOf, uuidOf } from '../../test/support/dice.js';
import type { Finding, Proof } from '../proof.js';

/** How a mail server handles one attempt. */
const moods = [
  'busy',
  'tempfail',
  'tempfail-content',
  'hang',
  'hang-content',
  'drop',
  'drop-after-data',
] as const;
type Mood = (typeof moods)[number] | 'well';

/** A mail as received. */
interface Kept {
  to: string[];
  raw: string;
  /** Received after the server had confirmed one to the same mailbox. */
  isNeedless: boolean;
}

/** The state of one notice during its attempts. */
interface Attempted {
  notice: Notice;
  moods: Mood[];
  kept: Kept[];
  isConfirmed: boolean;
}

const headers = new Set([
  'from',
  'to',
  'subject',
  'message-id',
  'date',
  'mime-version',
  'content-type',
  'auto-submitted',
  'x-auto-response-suppress',
  'list-unsubscribe',
  'list-unsubscribe-post',
]);
const timeouts = { connectMs: 5_000, greetingMs: 5_000, answerMs: 500, attemptMs: 10_000 };
const mostAttempts = 200;
const instant = '2018-07-10T01:02:03.004Z';

const fresh = () => ({
  notices: 0,
  attempts: 0,
  delivered: 0,
  lost: 0,
  twice: 0,
  needless: 0,
  injectedHeaders: 0,
  mangled: 0,
  messageIdsPerNotice: 0,
});

/**
 * Every notice arrives at a mail server that refuses, fails, hangs and drops connections, with one Message-ID for all
 * attempts, and without a header or recipient injected by a name.
 */
export const mail: Proof = {
  rounds: { small: 150, full: 10_000 },
  async run({ seed, rounds, isBroken }): Promise<Finding> {
    const attempted = new Map<string, Attempted>();
    const server = await mailServer(attempted);
    const figures = fresh();
    let next = 0;
    const work = async (channel: ChannelPort) => {
      for (let round = next++; round < rounds; round = next++) {
        if (round % 100 === 50) server.goDown(20);
        await tell(channel, `r${round}@example.org`);
      }
    };
    const tell = async (channel: ChannelPort, address: string) => {
      const dice = diceOf(seed + Number(/\d+/.exec(address)) * 7919);
      const tried: Attempted = {
        notice: noticeOf(dice, address),
        moods: moodsOf(dice),
        kept: [],
        isConfirmed: false,
      };
      attempted.set(address, tried);
      for (let attempt = 0; attempt < mostAttempts && !tried.isConfirmed; attempt += 1) {
        figures.attempts += 1;
        const { kind } = await channel.deliver(tried.notice, { kind: 'email', address });
        tried.isConfirmed = kind === 'accepted';
        if (kind === 'gone' || kind === 'refused') break;
      }
      await checkNotice(figures, tried, address);
      attempted.delete(address);
    };
    const channels = Array.from({ length: 8 }, () => (isBroken ? carelessChannel : channelTo)(server.port));
    try {
      await Promise.all(channels.flatMap((channel) => Array.from({ length: 4 }, () => work(channel))));
    } finally {
      await Promise.all(channels.map((channel) => channel.close()));
      await server.close();
    }
    const { lost, needless, injectedHeaders, mangled, messageIdsPerNotice } = figures;
    const pass = lost + needless + injectedHeaders + mangled === 0 && messageIdsPerNotice === 1;
    return { figures, pass };
  },
};

function channelTo(port: number): ChannelPort {
  return emailChannel({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    from: 'Topout <topout@example.org>',
    now: () => instant,
    after: (ms, call) => {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
    timeouts,
  });
}

/** The negative control: a channel that inserts names unescaped and uses a new Message-ID for each attempt. */
function carelessChannel(port: number): ChannelPort {
  const channel = channelTo(port);
  const pool = createTransport({ host: '127.0.0.1', port, pool: true, maxRequeues: 0, socketTimeout: 500 });
  let attempts = 0;
  return {
    ...channel,
    async deliver(notice, address) {
      if (address.kind !== 'email') return channel.deliver(notice, address);
      attempts += 1;
      const raw = `Message-ID: <${attempts}.${notice.notice}@example.org>\r\nSubject: ${notice.items[0]?.projectName.en}\r\n\r\n`;
      try {
        await pool.sendMail({ envelope: { from: 'topout@example.org', to: [address.address] }, raw });
        return { kind: 'accepted' };
      } catch {
        return { kind: 'failed', why: 'careless' };
      }
    },
    async close() {
      pool.close();
      await channel.close();
    },
  };
}

const hostile = [
  '\r\nBcc: mallory@example.com',
  '\r\n\r\n<script>alert(1)</script>',
  '\r\n.\r\nRCPT TO:<mallory@example.com>\r\n',
  '\nX-Evil: 1',
  '\rX-Evil: 1',
  '\0',
  '\u0085',
  '\u2028',
  '\u202e',
  '\ud800',
  '\udfff',
  '<mallory@example.com>, ',
  '"\\',
  ';\t',
  '\r\n X-Folded: 1',
  '🏗️',
  '长'.repeat(10_000),
  'x'.repeat(10_000),
] as const;

/** Encoded words, which a mail client decodes only if nothing else needs encoding. */
const encoded = ['=?utf-8?B?DQpYLUV2aWw6IDE=?=', '=?utf-8?Q?=0D=0AX-Evil:_1?='] as const;

function nameOf(dice: Dice): string {
  if (dice.chance(20)) return dice.pick(encoded);
  const part = () => dice.pick([dice.pick(hostile), 'Huaao', '华奥', ' ', 'II：']);
  return Array.from({ length: dice.int(1, 6) }, part).join('');
}

function noticeOf(dice: Dice, address: string): Notice {
  const words = () => ({ en: nameOf(dice), zh: nameOf(dice) });
  const item = (_: unknown, number: number): NoticeItem => ({
    type: dice.pick(['AlertRaised', 'AlertEscalated', 'AlertReminded', 'AlertCleared']),
    event: uuidOf(`${address} ${number}`),
    position: number,
    recordedAt: instant,
    alert: `a-${dice.int(1, 2)}`,
    project: `p-${dice.int(1, 2)}`,
    projectName: words(),
    cause: 'financing',
    rule: dice.pick(ruleKinds),
    rulesVersion: 1,
    subject: { kind: 'item', id: nameOf(dice) },
    severity: dice.pick(severities),
    since: '2018-06-01',
    reason: words(),
    clears: words(),
    duty: words(),
    dueOn: '2018-07-17',
    evidence: [],
  });
  const link = `https://topout.example.org/u?token=${encodeURIComponent(nameOf(dice).toWellFormed()).slice(0, 80)}`;
  return {
    notice: uuidOf(address),
    subscription: uuidOf(`s ${address}`),
    kind: dice.pick(['at-once', 'digest', 'test']),
    language: dice.pick(['en', 'zh']),
    timeZone: dice.pick(['Asia/Shanghai', 'UTC', nameOf(dice)]),
    items: Array.from({ length: dice.int(1, 3) }, item),
    remarks: dice.chance(30) ? [words()] : [],
    at: instant,
    ...(dice.chance(70) ? { links: { alerts: link, unsubscribe: `${link}${nameOf(dice)}` } } : {}),
  };
}

function moodsOf(dice: Dice): Mood[] {
  return Array.from({ length: dice.chance(50) ? dice.int(1, 3) : 0 }, () => dice.pick(moods));
}

/** A mail server on this machine with a queue of behaviours per mailbox, then well-behaved. */
async function mailServer(attempted: ReadonlyMap<string, Attempted>) {
  const sockets = new Map<number | undefined, Socket>();
  let refusals = 0;
  const moodByPort = new Map<number, Mood>();
  const answer = (responseCode: number) => Object.assign(new Error('not now'), { responseCode });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onRcptTo({ address }, { remotePort }, done) {
      const mood = attempted.get(address)?.moods.shift() ?? 'well';
      moodByPort.set(remotePort, mood);
      if (mood === 'tempfail') done(answer(450));
      else if (mood === 'busy') done(answer(421));
      else if (mood === 'drop') sockets.get(remotePort)?.destroy();
      else if (mood !== 'hang') done();
    },
    onData(stream, { remotePort, envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const mood = moodByPort.get(remotePort) ?? 'well';
        const to = envelope.rcptTo.map(({ address }) => address);
        const tried = attempted.get(to[0] ?? '');
        const isNeedless = tried?.isConfirmed ?? true;
        if (mood === 'tempfail-content') return done(answer(451));
        if (mood === 'hang-content') return;
        tried?.kept.push({ to, raw: Buffer.concat(chunks).toString(), isNeedless });
        if (mood === 'drop-after-data') sockets.get(remotePort)?.destroy();
        else done();
      });
    },
  });
  server.on('error', () => undefined);
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => resolve((listening.address() as AddressInfo).port));
    listening.on('connection', (socket: Socket) => {
      const { remotePort } = socket;
      if (refusals > 0) {
        refusals -= 1;
        socket.destroy();
        return;
      }
      sockets.set(remotePort, socket);
      socket.on('close', () => sockets.delete(remotePort));
    });
  });
  return {
    port,
    /** Breaks all connections and refuses the next few. */
    goDown(connections: number): void {
      refusals += connections;
      for (const socket of sockets.values()) socket.destroy();
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Checks everything that arrived of one notice, as bytes and as a mail client shows it. */
async function checkNotice(
  figures: ReturnType<typeof fresh>,
  tried: Attempted,
  address: string,
): Promise<void> {
  const { kept, notice } = tried;
  figures.notices += 1;
  figures[tried.isConfirmed && kept.length > 0 ? 'delivered' : 'lost'] += 1;
  if (kept.length > 1) figures.twice += 1;
  const ids = new Set<string>();
  const { subject } = letterOf(notice);
  for (const { to, raw, isNeedless } of kept) {
    if (isNeedless) figures.needless += 1;
    const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]/g, ' ');
    const names = head.split(/\r\n|\r|\n/).map((line) => line.slice(0, line.indexOf(':')).toLowerCase());
    figures.injectedHeaders += names.filter(
      (name, index) => !headers.has(name) || names.indexOf(name) !== index,
    ).length;
    figures.injectedHeaders += to.filter((mailbox) => mailbox !== address).length;
    const parsed = await simpleParser(raw);
    ids.add(parsed.messageId ?? '');
    if (parsed.subject !== subject) figures.mangled += 1;
  }
  figures.messageIdsPerNotice = Math.max(figures.messageIdsPerNotice, ids.size);
}
