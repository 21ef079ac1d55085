import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type { Instant } from '../../domain/values/days/calendar.js';
import type { Text } from '../../domain/values/words.js';
import { AddressRefused, guardOf, type Openings } from './address-guard.js';
import type { Address, AddressFault, ChannelPort, Outcome } from './channel.js';
import type { Notice } from './notice.js';
import { type SigningKey, signedHeaders } from './signature.js';
import { echoes, outcomeOf, seenIn, sentenceOf } from './webhook-answer.js';
import { type Answer, addressesOf, type Deadlines, post, type Wire } from './webhook-attempt.js';
import { challengeBody, noticeBody } from './webhook-payload.js';

/** The dependencies of the webhook channel; the clock, ids and timers of a `World` fit. */
export interface WebhookOptions extends Openings {
  now(): Instant;
  newId(): string;
  after(ms: number, call: () => void): () => void;
  /** The installation's key pair, requested at each attempt. */
  signingKey(): SigningKey;
  /** Resolves all current addresses of a name; by DNS when absent. */
  lookup?(host: string): Promise<readonly string[]>;
  /** 5 s to connect and 15 s in total when absent. */
  deadlines?: Deadlines;
  /** Additional trusted certificates (PEM), for receivers on site. */
  authorities?: readonly string[];
  /** Called after each attempt with the number of bytes received. */
  onEnd?(takenBytes: number): void;
}

type WebhookAddress = Extract<Address, { kind: 'webhook' }>;

const defaultDeadlines: Deadlines = { connectMs: 5000, totalMs: 15_000 };

/**
 * The webhook channel: signed by Standard Webhooks 1.0, and limited to the addresses that the rules allow.
 *
 * Each attempt has its own connection and deadline, so receivers do not delay each other.
 *
 * @throws Error an allowed range is not CIDR notation
 */
export function webhookChannel(options: WebhookOptions): ChannelPort {
  const running = new Set<AbortController>();
  let isClosed = false;
  const wire: Wire = {
    guard: guardOf(options),
    lookup: options.lookup ?? addressesOf,
    after: options.after,
    deadlines: options.deadlines ?? defaultDeadlines,
    ...(options.authorities ? { trust: trusting(options.authorities) } : {}),
  };
  const send = async (
    id: string,
    body: string,
    address: WebhookAddress,
    key: SigningKey,
  ): Promise<Answer> => {
    const message = { id, at: options.now(), body };
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'accept-encoding': 'identity',
      'user-agent': 'Topout',
      ...signedHeaders(message, address.secrets, key),
    };
    const ending = new AbortController();
    running.add(ending);
    try {
      return await post(wire, address.url, headers, body, ending, options.onEnd ?? (() => undefined));
    } finally {
      running.delete(ending);
    }
  };

  return {
    async deliver(notice: Notice, address: Address): Promise<Outcome> {
      if (isClosed) return { kind: 'failed', why: 'The channel was closed.' };
      try {
        const answer = await send(
          notice.notice,
          noticeBody(notice),
          webhookOf(address),
          options.signingKey(),
        );
        return outcomeOf(answer, options.now(), webhookOf(address).url);
      } catch (error) {
        return { kind: 'failed', why: sentenceOf(error, urlIn(address)) };
      }
    },
    async check(address: Address): Promise<AddressFault | undefined> {
      const member = 'channel.url';
      const unavailable = (seen: Text): AddressFault => {
        return {
          reason: 'channel-unavailable',
          member,
          seen,
          expected: { en: 'a channel that is open and can sign', zh: '可用且能签名的通道' },
        };
      };
      if (isClosed) return unavailable({ en: 'a channel that was closed', zh: '已关闭的通道' });
      let key: SigningKey;
      try {
        key = options.signingKey();
      } catch (error) {
        return unavailable(clauseOf(error, urlIn(address)));
      }
      const challenge = options.newId();
      const expected = {
        en: `200 with {"challenge": "${challenge}"}`,
        zh: `答复 200 及 {"challenge": "${challenge}"}`,
      };
      try {
        const body = challengeBody(challenge, options.now());
        const answer = await send(options.newId(), body, webhookOf(address), key);
        if (answer.status === 200 && echoes(answer.body, challenge)) return undefined;
        return { reason: 'challenge-failed', member, seen: seenIn(answer, urlIn(address)), expected };
      } catch (error) {
        if (error instanceof AddressRefused)
          return { reason: 'address-refused', member, seen: error.seen, expected: error.expected };
        return { reason: 'challenge-failed', member, seen: clauseOf(error, urlIn(address)), expected };
      }
    },
    async close() {
      isClosed = true;
      for (const ending of running) ending.abort(new Error('the channel was closed'));
    },
  };
}

/** The error as a part of a sentence. */
function clauseOf(error: unknown, url: string): string {
  return sentenceOf(error, url).replace(/\.$/, '');
}

/** Cached: parsing all public certificates takes longer than an attempt. */
function trusting(authorities: readonly string[]): SecureContext {
  return createSecureContext({
    ca: [...getCACertificates('default'), ...authorities],
    minVersion: 'TLSv1.2',
  });
}

const urlIn = (address: Address): string => (address.kind === 'webhook' ? address.url : '');

function webhookOf(address: Address): WebhookAddress {
  if (address.kind !== 'webhook')
    throw new Error(`This is an address of the kind ${address.kind}; expected webhook.`);
  return address;
}
