import type { StandIn } from '../../test/stand-in/stand-in.js';
import type { Direction, Halt } from './relay.js';

/** A point of the protocol at which a server or its connection hangs. */
export interface Point {
  name: string;
  /** Whether it hangs before the store was ever connected, or once it is up. */
  from: 'start' | 'up';
  over: 'plain' | 'tls' | 'gossip';
  /** How the connection hangs after a number of bytes. */
  halt?: { direction: Direction; bytes: number; how: Halt };
  /** How open connections hang, while new ones work. */
  haltOpen?: Halt;
  /** What the server does. */
  fault?(server: StandIn): void;
  /** True if other writers continue over a connection of their own. */
  hasOthers?: boolean;
}

/** All points. A server's first bytes are its settings; capabilities or the leader are requested next, then the call itself is made. */
export function points(timeScale: number): Point[] {
  const start = (
    over: Point['over'],
    name: string,
    direction: Direction,
    bytes: number,
    how: Halt,
  ): Point => ({
    ...{ name, from: 'start', over },
    halt: { direction, bytes, how },
  });
  const up = (name: string, direction: Direction, bytes: number, how: Halt): Point => ({
    ...{ name, from: 'up', over: 'plain' },
    halt: { direction, bytes, how },
  });
  const fault = (name: string, apply: (server: StandIn) => void): Point => ({
    ...{ name, from: 'up', over: 'plain' },
    fault: apply,
  });
  // The same in both directions.
  const late = (ms: number) => ({ lateMs: ms / 2 / timeScale });
  return [
    start('plain', 'connected, nothing taken', 'to-server', 0, 'freeze'),
    start('plain', 'connected, no settings', 'to-client', 0, 'black-hole'),
    start('plain', 'in the settings', 'to-client', 10, 'freeze'),
    start('plain', 'before the capabilities', 'to-client', 70, 'black-hole'),
    start('plain', 'in the capabilities', 'to-client', 250, 'freeze'),
    start('plain', 'capabilities trickle', 'to-client', 70, 'trickle'),
    start('plain', 'all trickles', 'to-client', 0, 'trickle'),
    start('plain', 'after the capabilities', 'to-client', 700, 'black-hole'),
    start('plain', 'in the first request', 'to-server', 400, 'freeze'),
    start('tls', 'in the client hello', 'to-server', 100, 'black-hole'),
    start('tls', 'before the server hello', 'to-client', 0, 'freeze'),
    start('tls', 'in the certificate', 'to-client', 300, 'freeze'),
    start('tls', 'handshake trickles', 'to-client', 0, 'trickle'),
    start('gossip', 'before the gossip', 'to-client', 0, 'freeze'),
    start('gossip', 'in the gossip', 'to-client', 120, 'black-hole'),
    start('gossip', 'all late', 'to-client', 0, late(6_000)),
    up('requests not taken', 'to-server', 0, 'freeze'),
    up('requests lost', 'to-server', 0, 'black-hole'),
    up('in an append', 'to-server', 300, 'freeze'),
    up('in a large request', 'to-server', 1_500, 'black-hole'),
    up('before the answers', 'to-client', 0, 'black-hole'),
    up('in an answer', 'to-client', 30, 'freeze'),
    up('in a page', 'to-client', 20_000, 'freeze'),
    up('late in a page', 'to-client', 400_000, 'black-hole'),
    up('a page trickles', 'to-client', 20_000, 'trickle'),
    { ...up('answers late, others write', 'to-client', 0, late(6_000)), hasOthers: true },
    {
      ...up('answers late, nothing comes live, others write', 'to-client', 0, late(7_500)),
      fault: ({ log }) => void log.removeAllListeners('stored'),
      hasOthers: true,
    },
    { name: 'open connections lost, new ones pass', from: 'up', over: 'plain', haltOpen: 'black-hole' },
    fault('before the commit', ({ faults }) => {
      faults.beforeCommit = () => 'hang';
    }),
    fault('after the commit', ({ faults }) => {
      faults.afterCommit = () => 'hang';
    }),
    fault('each commit times out', ({ faults }) => {
      faults.isDiskFull = true;
    }),
    fault('reads and subscriptions silent', ({ faults }) => {
      faults.isSilent = true;
    }),
    fault('each connection cut at the commit', ({ faults }) => {
      faults.afterCommit = () => 'cut';
    }),
  ];
}
