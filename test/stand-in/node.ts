import { status } from '@grpc/grpc-js';
import type { LiveFeed } from './feed.js';
import type { Expected, Log, Outcome } from './log.js';
import { type AnyCall, notReady, type Refusal, refusal, requiresLeader } from './protocol.js';

/** An append as hooks see it. */
export interface AppendRequest {
  stream: string;
  expected: Expected;
  ids: readonly string[];
  by: 'append' | 'batch-append';
}

/**
 * The effect of a hook on an append: `hang` never answers, `cut` ends the connection, `timeout` and `not-ready` answer
 * like a server that is too slow or has no leader, and a status ends the call.
 */
export type Verdict = 'pass' | 'hang' | 'cut' | 'timeout' | 'not-ready' | Pick<Refusal, 'code' | 'details'>;

/** Faults that a test switches on and off while the stand-in runs. */
export interface Faults {
  beforeCommit?: (request: AppendRequest) => Verdict | Promise<Verdict>;
  afterCommit?: (request: AppendRequest, outcome: Outcome) => Verdict | Promise<Verdict>;
  /** Appends store nothing and are answered with the write timeout. */
  isDiskFull: boolean;
  /** Reads and subscriptions deliver nothing more and do not end either. */
  isSilent: boolean;
}

/** The requests to a stand-in, for tests. */
export interface Counters {
  appends: number;
  reads: number;
  subscriptionsStarted: number;
  subscriptionsOpen: number;
  /** The largest count requested by a read. */
  largestCount: number;
}

export interface NodeOptions {
  /** `new` goes back to catching up for a slow subscriber, as 24.2 does; `old` drops it, as 23.10 does. */
  kind: 'new' | 'old';
  maxAppendBytes: number;
  /** Passwords by user; without it everybody has all permissions. */
  users: Readonly<Record<string, string>> | undefined;
  version: string;
}

export interface Endpoint {
  host: string;
  port: number;
}

export type Role = 'leader' | 'follower' | 'unknown' | 'dead';

/** One server: the shared state of its handlers. */
export interface StandInNode {
  readonly options: NodeOptions;
  readonly log: Log;
  readonly feed: LiveFeed;
  readonly faults: Faults;
  readonly counters: Counters;
  role(): Role;
  /** The leader; undefined during an election. */
  leader(): Endpoint | undefined;
  members(): readonly (Endpoint & { id: string; role: Role })[];
  /** Ends the connection of a call. */
  cut(peer: string): void;
}

/** Why a node refuses a call, or undefined. */
export function objection(node: StandInNode, call: AnyCall, does: 'read' | 'write'): Refusal | undefined {
  return stranger(node, call) ?? denied(node, call) ?? misplaced(node, call, does);
}

/** Unknown credentials are refused for every call. */
export function stranger({ options: { users } }: StandInNode, call: AnyCall): Refusal | undefined {
  const given = basicOf(call);
  if (!users || given === undefined) return undefined;
  const [user = '', ...password] = given.split(':');
  if (Object.hasOwn(users, user) && users[user] === password.join(':')) return undefined;
  return refusal(status.UNAUTHENTICATED, 'Unauthenticated');
}

/** A caller without credentials is connected, and may access no stream. */
export function denied({ options: { users } }: StandInNode, call: AnyCall): Refusal | undefined {
  if (!users || basicOf(call) !== undefined) return undefined;
  return refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
}

function basicOf(call: AnyCall): string | undefined {
  const [, basic] = /^Basic (.*)$/i.exec(String(call.metadata.get('authorization')[0] ?? '')) ?? [];
  return basic === undefined ? undefined : Buffer.from(basic, 'base64').toString();
}

/** A follower redirects calls that require the leader; during an election nobody writes. */
export function misplaced(node: StandInNode, call: AnyCall, does: 'read' | 'write'): Refusal | undefined {
  const role = node.role();
  if (role === 'leader') return undefined;
  if (role === 'unknown' && does === 'write') return notReady;
  if (!requiresLeader(call)) return undefined;
  const leader = node.leader();
  if (!leader) return notReady;
  return refusal(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': leader.host,
    'leader-endpoint-port': String(leader.port),
  });
}
