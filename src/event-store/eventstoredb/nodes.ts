import { EventStoreDBClient } from '@eventstore/db-client';
import stubs, { type GossipClient } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossipMessages, { type ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import { type CallOptions, Metadata } from '@grpc/grpc-js';

/** Calls back once after some milliseconds; the returned function cancels it. */
export type After = (ms: number, call: () => void) => () => void;

/** The cluster status as its nodes report it. */
export interface Nodes {
  /** Live nodes, of those that may vote. */
  alive: number;
  of: number;
  /** Host and port of the leader. */
  leader?: string;
}

/** The used parts of the client: its channel and credentials. */
interface Inside {
  execute<Answer>(
    stub: typeof GossipClient,
    name: string,
    action: (gossip: GossipClient) => Promise<Answer>,
  ): Promise<Answer>;
  getChannel(): Promise<{ close(): void }>;
}

const { VNodeState } = gossipMessages.MemberInfo;
/** Read-only replicas do not vote. */
const readers: readonly number[] = [
  VNodeState.READONLYLEADERLESS,
  VNodeState.PREREADONLYREPLICA,
  VNodeState.READONLYREPLICA,
];

/**
 * Asks each node of an address who is alive and who leads; undefined if none answers in time, or there is only one.
 *
 * The client reports only that it failed to discover a leader, whether no node answers or too few are alive.
 *
 * @param url `esdb://...`, never shown
 */
export async function nodesOf(url: string, after: After, ms: number): Promise<Nodes | undefined> {
  const hostList = /\/\/(?:[^@/?]*@)?([^/?]+)/.exec(url)?.[1] ?? '';
  const hosts = hostList.split(',');
  const statuses = await Promise.all(
    hosts.map((host) =>
      statusFrom(url.replace(hostList, host).replace('+discover:', ':'), after, ms).catch(() => undefined),
    ),
  );
  const views = statuses.flatMap((info) => (info ? [viewOf(info, hosts.length)] : []));
  const [first, ...others] = views;
  if (!first || first.of < 2) return undefined;
  const widest = others.reduce((best, one) => (one.alive > best.alive ? one : best), first);
  const leader = views.find((one) => one.leader !== undefined)?.leader;
  return { ...widest, ...(leader === undefined ? {} : { leader }) };
}

/** Describes a missing leader, and whether too few nodes are alive to elect one. */
export function withoutLeader({
  alive,
  of,
  leader,
}: Nodes): { isQuorumLost: boolean; why: string } | undefined {
  if (leader !== undefined) return undefined;
  const needed = Math.floor(of / 2) + 1;
  return alive < needed
    ? {
        isQuorumLost: true,
        why: `${alive} of ${of} nodes ${alive === 1 ? 'is' : 'are'} alive, and ${needed} are needed to elect a leader`,
      }
    : { isQuorumLost: false, why: `${alive} of ${of} nodes are alive, and none is the leader` };
}

function viewOf(info: ClusterInfo, least: number): Nodes {
  const voters = info.getMembersList().filter((member) => !readers.includes(member.getState()));
  const alive = voters.filter((member) => member.getIsAlive());
  const leading = alive.find((member) => member.getState() === VNodeState.LEADER)?.getHttpEndPoint();
  return {
    alive: alive.length,
    of: Math.max(voters.length, least),
    ...(leading ? { leader: `${leading.getAddress()}:${leading.getPort()}` } : {}),
  };
}

/** The status from one node, leader or not. */
async function statusFrom(url: string, after: After, ms: number): Promise<ClusterInfo> {
  const client = EventStoreDBClient.connectionString(url) as unknown as Inside;
  let stop: () => void = () => undefined;
  const outOfTime = new Promise<never>((_, reject) => {
    stop = after(ms, () => reject(new Error('no answer')));
  });
  try {
    return await Promise.race([client.execute(stubs.GossipClient, 'gossip', read), outOfTime]);
  } finally {
    stop();
    void client.getChannel().then(
      (channel) => channel.close(),
      () => undefined,
    );
  }
}

function read(gossip: GossipClient): Promise<ClusterInfo> {
  const options: Partial<CallOptions> = {};
  return new Promise((resolve, reject) => {
    gossip.read(new sharedMessages.Empty(), new Metadata(), options, (error, info) =>
      error ? reject(error) : resolve(info),
    );
  });
}
