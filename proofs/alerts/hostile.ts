import { generateKeyPairSync } from 'node:crypto';
import type { ChannelPort } from '../../src/channels/channel.js';
import type { Notice } from '../../src/channels/notice.js';
import { webhookChannel } from '../../src/channels/webhook.js';
import { selfSigned } from '../../test/support/certificate.js';
import { uuidOf } from '../../test/support/dice.js';
import { type Receiver, startBareReceiver, startReceiver } from '../../test/support/webhook-receiver.js';
import type { Proof } from '../proof.js';
import { behaviours, insideNames, insideUrls } from './hostile-receivers.js';

const deadlines = { connectMs: 2000, totalMs: 3000 };
/** In proportion to the service's 15 s, like 20 s. */
const latestMs = (deadlines.totalMs * 4) / 3;
const goodCount = 12;
const mostBytes = 65_536;
const secrets = [`whsec_${Buffer.alloc(32, 1).toString('base64')}`];

/** Receivers are in this allowed range; the canaries are elsewhere on this machine. */
const site = '127.1.0.1';
const certified = selfSigned(['*.site.example', '*.hostile.example']);

/**
 * No request reaches internal services, and no receiver delays another, whatever it does. A round sends a notice to
 * every hostile receiver and to some good ones at the same time.
 *
 * Broken, the address rules allow everything.
 */
export const hostile: Proof = {
  rounds: { small: 2, full: 50 },
  async run({ seed, rounds, isBroken }) {
    const figures = {
      canaries: 0,
      attempts: 0,
      canaryHits: 0,
      bytesReadMax: 0,
      leakedSockets: 0,
      overDeadline: 0,
      goodFailed: 0,
      goodDelayed: 0,
      goodDelayedRatio: 0,
    };
    const stage = await setStage();
    figures.canaries = stage.canaries.length;
    const channel = channelTo(isBroken, (bytes) => {
      figures.bytesReadMax = Math.max(figures.bytesReadMax, bytes);
    });
    const alone: number[] = [];
    const beside: number[] = [];
    const attempt = async (url: string) => {
      const start = performance.now();
      const { kind } = await channel.deliver(noticeOf(seed + figures.attempts), {
        kind: 'webhook',
        url,
        secrets,
      });
      const ms = performance.now() - start;
      figures.attempts += 1;
      if (ms > latestMs) figures.overDeadline += 1;
      return { kind, ms };
    };
    /** A row of good receivers; counts failures, and deliveries that ended after a hostile attempt's deadline. */
    const tellGood = async (into: number[], isLate: () => boolean) => {
      for (let count = 0; count < goodCount; count += 1) {
        const { kind, ms } = await attempt(`https://good${count}.site.example:${stage.good.port}/`);
        into.push(ms);
        if (kind !== 'accepted') figures.goodFailed += 1;
        if (isLate()) figures.goodDelayed += 1;
      }
    };
    try {
      for (let round = 0; round < rounds; round += 1) {
        await tellGood(alone, () => false);
        let isPastDeadline = false;
        const deliveries = stage.hostileUrls.map(async (url) => {
          const { ms } = await attempt(url);
          isPastDeadline ||= ms >= deadlines.totalMs;
        });
        await tellGood(beside, () => isPastDeadline);
        await Promise.all(deliveries);
        // Its first answer leads to a good receiver, the next one to an internal address.
        const url = `https://rebind${round}.site.example:${stage.good.port}/`;
        await channel.check({ kind: 'webhook', url, secrets });
        await attempt(url);
      }
      await channel.close();
      figures.leakedSockets = await left(stage.all);
    } finally {
      await Promise.all(stage.all.map((receiver) => receiver.close()));
    }
    figures.canaryHits = stage.canaries.reduce((sum, { connections }) => sum + connections, 0);
    figures.goodDelayedRatio = Math.round((100 * median(beside)) / median(alone)) / 100;
    const { canaryHits, bytesReadMax, leakedSockets, overDeadline, goodFailed, goodDelayed } = figures;
    const faults = canaryHits + leakedSockets + overDeadline + goodFailed + goodDelayed;
    return { figures, pass: faults === 0 && bytesReadMax <= mostBytes };
  },
};

interface Stage {
  good: Receiver;
  canaries: Receiver[];
  all: Receiver[];
  hostileUrls: string[];
}

async function setStage(): Promise<Stage> {
  const good = await startReceiver(
    site,
    ({ text }, response) => response.end(JSON.stringify({ challenge: JSON.parse(text).challenge })),
    certified,
  );
  const canary = (host: string) =>
    startReceiver(host, (_request, response) => response.end('inside'), undefined, good.port);
  const canaries = await Promise.all(['127.0.0.1', '127.2.0.1', '::1'].map(canary));
  const urls = insideUrls(good.port, good.port);
  const others: Receiver[] = [];
  for (const [name, act] of Object.entries(behaviours(`http://127.0.0.1:${good.port}/`))) {
    const receiver = await startBareReceiver(
      site,
      (socket) => socket.once('data', () => act(socket)),
      certified,
    );
    others.push(receiver);
    urls.push(`https://${name}.site.example:${receiver.port}/`);
  }
  const badTls = await startBareReceiver(site, (socket) => socket.resume().write('no TLS here\r\n'));
  const otherName = `https://other.example:${good.port}/`;
  urls.push(`https://tls.site.example:${badTls.port}/`, otherName, `https://127.2.0.1:${good.port}/`);
  return { good, canaries, all: [good, ...canaries, ...others, badTls], hostileUrls: urls };
}

function channelTo(isBroken: boolean, onEnd: (bytes: number) => void): ChannelPort {
  const asked = new Set<string>();
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const base64 = (url: string) => Buffer.from(url, 'base64url').toString('base64');
  const key = { privateKey: base64(d), publicKey: base64(x) };
  return webhookChannel({
    now: () => new Date().toISOString(),
    newId: () => crypto.randomUUID(),
    after(ms, call) {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
    signingKey: () => key,
    async lookup(host) {
      if (/localhost\.?$/.test(host)) return ['127.0.0.1'];
      const isAskedAgain = asked.has(host);
      asked.add(host);
      if (host.startsWith('rebind') && isAskedAgain) return ['127.0.0.1'];
      return insideNames[host.replace('.hostile.example', '')] ?? [site];
    },
    allow: isBroken ? ['0.0.0.0/0', '::/0'] : ['127.1.0.0/16'],
    allowHttpLoopback: isBroken,
    authorities: [certified.cert],
    deadlines,
    onEnd,
  });
}

function noticeOf(number: number): Notice {
  return {
    notice: uuidOf(`notice ${number}`),
    subscription: uuidOf('subscription'),
    kind: 'at-once',
    language: 'en',
    timeZone: 'Asia/Shanghai',
    items: [],
    remarks: [],
    at: '2018-07-10T01:00:00.000Z',
  };
}

/** Connections still open two seconds after they should have ended. */
async function left(receivers: readonly Receiver[]): Promise<number> {
  const count = () => receivers.reduce((sum, { open }) => sum + open.size, 0);
  for (let wait = 0; wait < 40 && count() > 0; wait += 1) await new Promise((call) => setTimeout(call, 50));
  return count();
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
