import { createTransport } from 'nodemailer';
import type { Address, AddressFault, ChannelPort, Outcome } from './channel.js';
import { type Mailbox, mailboxOf, senderOf } from './email-address.js';
import { confirmationMail } from './email-confirmation.js';
import { letterOf } from './email-letter.js';
import { outcomeOf } from './email-outcome.js';
import { htmlOf, textOf } from './email-pages.js';
import { plain } from './email-plain.js';
import { mailServerOf } from './email-server.js';
import type { Notice } from './notice.js';

/** The dependencies of the e-mail channel. */
export interface EmailOptions {
  /** `smtp://` or `smtps://` with host and port, and credentials if needed; never shown. */
  smtpUrl: string;
  /** `topout@example.org`, or with a name, `Topout <topout@example.org>`. */
  from: string;
  /** The current instant, in UTC. */
  now(): string;
  /** Calls back once after some milliseconds; the returned function cancels it. */
  after(ms: number, call: () => void): () => void;
  /** Milliseconds; defaults to `defaultTimeouts`. */
  timeouts?: EmailTimeouts;
}

/** Timeouts of one attempt in milliseconds: connection, greeting, between replies, and total. */
interface EmailTimeouts {
  connectMs: number;
  greetingMs: number;
  answerMs: number;
  attemptMs: number;
}

const defaultTimeouts: EmailTimeouts = {
  connectMs: 5_000,
  greetingMs: 5_000,
  answerMs: 15_000,
  attemptMs: 19_000,
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The e-mail channel, in text and HTML. Every attempt for a notice has the same `Message-ID`, so that a mailbox can
 * detect duplicates.
 *
 * @throws Error if the address of the server or the sender is invalid
 */
export function emailChannel(options: EmailOptions): ChannelPort {
  const sender = senderOf(options.from);
  const { connectMs, greetingMs, answerMs, attemptMs } = options.timeouts ?? defaultTimeouts;
  const pool = createTransport({
    ...mailServerOf(options.smtpUrl),
    pool: true,
    maxConnections: 4,
    // No retry here: the caller schedules retries.
    maxRequeues: 0,
    idleTimeout: 30_000,
    connectionTimeout: connectMs,
    dnsTimeout: connectMs,
    greetingTimeout: greetingMs,
    socketTimeout: answerMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const underWay = new Set<Promise<Outcome>>();

  async function attempt(notice: Notice, address: Address): Promise<Outcome> {
    const mailbox = address.kind === 'email' ? mailboxOf(address.address) : undefined;
    if (!mailbox) return { kind: 'refused', why: 'the address is not one of e-mail' };
    if (!uuid.test(notice.notice)) return { kind: 'refused', why: 'the notice has no UUID' };
    const letter = letterOf(notice);
    return send(mailbox, {
      subject: letter.subject,
      text: textOf(letter),
      html: htmlOf(letter),
      id: notice.notice,
      headers: headersOf(letter.links?.unsubscribe),
    });
  }

  async function send(
    mailbox: Mailbox,
    {
      id,
      headers,
      ...content
    }: { subject: string; text: string; html: string; id: string; headers: Record<string, string> },
  ): Promise<Outcome> {
    const deadline = new AbortController();
    const withdraw = options.after(attemptMs, () => deadline.abort());
    try {
      await pool.sendMail({
        envelope: { from: sender.address, to: [mailbox.address] },
        from: { name: sender.name, address: sender.address },
        to: { name: '', address: mailbox.address },
        ...content,
        messageId: `<${id.toLowerCase()}@${placeOf(sender)}>`,
        date: new Date(options.now()),
        headers,
        xMailer: false,
        signal: deadline.signal,
      });
      return { kind: 'accepted' };
    } catch (error) {
      return outcomeOf(error);
    } finally {
      withdraw();
    }
  }

  function counted(outcome: Promise<Outcome>): Promise<Outcome> {
    underWay.add(outcome);
    return outcome.finally(() => underWay.delete(outcome));
  }

  return {
    deliver: (notice, address) => counted(attempt(notice, address)),
    async askToConfirm(asking, address) {
      const mailbox = address.kind === 'email' ? mailboxOf(address.address) : undefined;
      if (!mailbox) return { kind: 'refused', why: 'the address is not one of e-mail' };
      const mail = confirmationMail(asking);
      return counted(send(mailbox, { ...mail, id: asking.id, headers: headersOf(undefined) }));
    },
    async check(address) {
      if (address.kind !== 'email') return faultOf(address.kind);
      return mailboxOf(address.address) ? undefined : faultOf(address.address);
    },
    async close() {
      await Promise.allSettled(underWay);
      pool.close();
    },
  };
}

/** The domain of Message-IDs: the sender's, unless it is a host name like `localhost`. */
function placeOf({ domain }: Mailbox): string {
  return domain.includes('.') ? domain : 'topout.invalid';
}

/** Headers for automatic mail and one-click unsubscription (RFC 3834, RFC 8058). */
function headersOf(unsubscribe: string | undefined): Record<string, string> {
  return {
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    ...(unsubscribe === undefined
      ? {}
      : { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
  };
}

function faultOf(seen: string): AddressFault {
  return {
    reason: 'address-refused',
    member: 'channel.address',
    seen: JSON.stringify(plain(seen, 100)),
    expected: {
      en: 'one e-mail address such as li.wei@example.org, without a name, of at most 254 characters',
      zh: '一个电子邮箱，如 li.wei@example.org，不带姓名，至多 254 个字符',
    },
  };
}
