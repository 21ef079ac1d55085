import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { LiveFeed } from './feed.js';
import { Log } from './log.js';
import type { Role } from './node.js';
import { type StandIn, type StandInOptions, startNode } from './stand-in.js';

/** Stand-ins that share one log, with one leader. */
export interface StandInCluster {
  readonly nodes: readonly StandIn[];
  readonly log: Log;
  readonly url: string;
  /** The duration of an election. */
  electionMs: number;
  /** The leader; undefined during an election. */
  leader(): StandIn | undefined;
  /** Kills the leader and starts an election; resolves at its end. */
  leaderDies(): Promise<StandIn>;
  /** Elects another leader while the old one stays, and disconnects its callers. */
  leaderResigns(): Promise<StandIn>;
  stop(): Promise<void>;
}

/** Starts a number of stand-ins as one cluster; the first leads. */
export async function startStandInCluster(
  count: number,
  options: Omit<StandInOptions, 'port'> = {},
): Promise<StandInCluster> {
  const log = new Log(options.now ?? Date.now);
  const feed = new LiveFeed(log);
  const nodes: StandIn[] = [];
  const ids = Array.from({ length: count }, () => randomUUID());
  let leading: number | undefined = 0;

  const roleOf = (index: number): Role => {
    if (!nodes[index]?.isRunning) return 'dead';
    if (leading === undefined) return 'unknown';
    return index === leading ? 'leader' : 'follower';
  };
  for (let index = 0; index < count; index += 1) {
    nodes.push(
      await startNode(options, log, feed, () => ({
        role: () => roleOf(index),
        leader: () => (leading === undefined ? undefined : nodes[leading]),
        members: () =>
          nodes.map(({ host, port }, at) => ({ host, port, id: ids[at] as string, role: roleOf(at) })),
      })),
    );
  }

  /** A leader needs a majority of all nodes; without it there is none until some come back. */
  async function elect(without: number | undefined): Promise<StandIn> {
    leading = undefined;
    await pause(cluster.electionMs);
    const alive = nodes.flatMap(({ isRunning }, index) => (isRunning ? [index] : []));
    const next = alive.find((index) => index !== without);
    if (next === undefined || alive.length * 2 <= count)
      throw new Error('too few nodes are alive to elect a leader');
    leading = next;
    return nodes[next] as StandIn;
  }

  const cluster: StandInCluster = {
    nodes,
    log,
    electionMs: 300,
    get url() {
      const hosts = nodes.map(({ host, port }) => `${host}:${port}`).join(',');
      return `esdb://${hosts}?tls=${options.certified !== undefined}`;
    },
    leader: () => (leading === undefined ? undefined : nodes[leading]),
    async leaderDies() {
      const dead = leading;
      leading = undefined;
      if (dead !== undefined) await nodes[dead]?.kill();
      return elect(dead);
    },
    async leaderResigns() {
      const resigned = leading;
      if (resigned !== undefined) nodes[resigned]?.cut();
      return elect(resigned);
    },
    async stop() {
      await Promise.all(nodes.map((node) => node.kill()));
    },
  };
  return cluster;
}
