import { randomUUID } from 'node:crypto';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js';
import type { Certified } from '../support/certificate.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { appendHandler } from './appends.js';
import { batchAppendHandler } from './batches.js';
import { deleteHandler, tombstoneHandler } from './deletes.js';
import { LiveFeed } from './feed.js';
import { gossipHandler } from './gossip.js';
import { Log } from './log.js';
import {
  type Counters,
  type Endpoint,
  type Faults,
  type NodeOptions,
  type Role,
  type StandInNode,
  stranger,
} from './node.js';
import { features, featuresService, gossipService, streamsService } from './protocol.js';
import { readHandler } from './reads.js';

export interface StandInOptions extends Partial<NodeOptions> {
  port?: number;
  certified?: Certified;
  /** The clock for `created`, in milliseconds since 1970. */
  now?: () => number;
}

/** A node's view of a cluster. */
export type Membership = Pick<StandInNode, 'role' | 'leader' | 'members'>;

/** A server in this process that answers like EventStoreDB, and fails on a test's request. */
export interface StandIn {
  readonly host: string;
  readonly port: number;
  readonly url: string;
  readonly log: Log;
  readonly faults: Faults;
  readonly counters: Counters;
  readonly isRunning: boolean;
  /** Accepts connections and bytes without answering, until it is thawed; then everything is answered. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  /** Ends all connections, and accepts new ones. */
  cut(): void;
  /** Ends in order: open calls may finish for a moment. */
  stop(): Promise<void>;
  /** Ends immediately, like a killed process. */
  kill(): Promise<void>;
  /** Restarts on the same port with everything stored. */
  start(): Promise<void>;
}

const graceMs = 200;

/** Starts a stand-in on 127.0.0.1, on any port unless one is given. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const log = new Log(options.now ?? Date.now);
  const standIn: StandIn = await startNode(options, log, new LiveFeed(log), () => ({
    role: () => 'leader',
    leader: () => standIn,
    members: () => [{ host: standIn.host, port: standIn.port, id, role: 'leader' satisfies Role }],
  }));
  const id = randomUUID();
  return standIn;
}

/** Starts one server over a log that it may share with others. */
export async function startNode(
  options: StandInOptions,
  log: Log,
  feed: LiveFeed,
  membership: (self: Endpoint) => Membership,
): Promise<StandIn> {
  const faults: Faults = { isDiskFull: false, isSilent: false };
  const counters: Counters = {
    appends: 0,
    reads: 0,
    subscriptionsStarted: 0,
    subscriptionsOpen: 0,
    largestCount: 0,
  };
  const front: TcpProxy = await startTcpProxy(0, options.port);
  const endpoint: Endpoint = { host: '127.0.0.1', port: front.port };
  const { certified, kind = 'new' } = options;
  const node: StandInNode = {
    options: {
      kind,
      maxAppendBytes: options.maxAppendBytes ?? 1024 * 1024,
      users: options.users,
      version: options.version ?? (kind === 'new' ? '24.2.0' : '23.10.6'),
    },
    log,
    feed,
    faults,
    counters,
    ...membership(endpoint),
    cut: (peer) => front.cut(Number(peer.slice(peer.lastIndexOf(':') + 1))),
  };
  let server: Server | undefined;

  const standIn: StandIn = {
    ...endpoint,
    url: `esdb://${endpoint.host}:${endpoint.port}?tls=${certified !== undefined}`,
    log,
    faults,
    counters,
    get isRunning() {
      return server !== undefined;
    },
    freeze: () => front.setMode('freeze'),
    thaw: () => front.setMode('pass'),
    cut: () => front.cut(),
    async stop() {
      const stopping = server;
      server = undefined;
      await front.closeDoor();
      if (!stopping) return;
      await new Promise<void>((stopped) => {
        const grace = setTimeout(() => stopping.forceShutdown(), graceMs);
        stopping.tryShutdown(() => {
          clearTimeout(grace);
          stopped();
        });
      });
      front.cut();
    },
    async kill() {
      const killed = server;
      server = undefined;
      await front.close();
      killed?.forceShutdown();
    },
    async start() {
      if (server) return;
      server = serverFor(node);
      front.targetPort = await bound(server, certified);
      await front.setMode('pass');
    },
  };
  await standIn.start();
  return standIn;
}

function serverFor(node: StandInNode): Server {
  const server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
  server.addService(streamsService.StreamsService, {
    append: appendHandler(node),
    batchAppend: batchAppendHandler(node),
    read: readHandler(node),
    delete: deleteHandler(node),
    tombstone: tombstoneHandler(node),
  });
  server.addService(featuresService.ServerFeaturesService, {
    getSupportedMethods: (
      call: ServerUnaryCall<unknown, SupportedMethods>,
      answer: sendUnaryData<SupportedMethods>,
    ) => {
      const refused = stranger(node, call);
      if (refused) answer(refused);
      else answer(null, supported(node.options.version));
    },
  });
  server.addService(gossipService.GossipService, { read: gossipHandler(node) });
  return server;
}

function bound(server: Server, certified: Certified | undefined): Promise<number> {
  const credentials = certified
    ? ServerCredentials.createSsl(null, [
        { private_key: Buffer.from(certified.key), cert_chain: Buffer.from(certified.cert) },
      ])
    : ServerCredentials.createInsecure();
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', credentials, (error, port) => (error ? reject(error) : resolve(port)));
  });
}

const methods: readonly (readonly [name: string, ...features: string[]])[] = [
  ['read', 'position', 'events'],
  ['append'],
  ['delete'],
  ['tombstone'],
  ['batchappend', 'deadline_duration'],
];

function supported(version: string): SupportedMethods {
  const answer = new features.SupportedMethods();
  answer.setEventStoreServerVersion(version);
  answer.setMethodsList(
    methods.map(([name, ...of]) => {
      const method = new features.SupportedMethod();
      method.setServiceName('event_store.client.streams.streams');
      method.setMethodName(name);
      method.setFeaturesList(of);
      return method;
    }),
  );
  return answer;
}
