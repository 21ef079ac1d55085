import { join } from 'node:path';
import type { Reach } from '../../domain/access/scope.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { msPerHour } from '../../domain/values/days/durations.js';
import type { Identity } from '../app/access/identity-provider.js';
import { AlertQueries } from '../app/alerts/alert-queries.js';
import type { InBoth } from '../app/alerts/evaluation.js';
import type { EvaluationQueue } from '../app/alerts/evaluation-queue.js';
import {
  alwaysLeader,
  type Fitness,
  type Leadership,
  type LeadershipState,
} from '../app/alerts/leadership.js';
import { Lease } from '../app/alerts/lease.js';
import { AlertProcess } from '../app/alerts/process.js';
import { cacheLimits } from '../app/cache-limits.js';
import { Deliveries } from '../app/deliveries/deliveries.js';
import { KeysAtHand } from '../app/deliveries/keys-at-hand.js';
import type { Owners } from '../app/deliveries/owners.js';
import { calendars } from '../app/governance/calendars.js';
import { Govern } from '../app/governance/govern.js';
import { Governed } from '../app/governance/governed.js';
import type { Vault, World } from '../app/ports.js';
import type { States } from '../app/queries/states.js';
import { Refused } from '../app/refusals.js';
import type { Topout } from '../app/topout.js';
import type { TurnPorts, Turns } from '../app/turns.js';
import type { Views } from '../app/views/views.js';
import type { ChannelPort } from '../channels/channel.js';
import { letterOf } from '../channels/email-letter.js';
import { webhookChannel } from '../channels/webhook.js';
import type { EventStore } from '../event-store/event-store.js';
import { VaultUnusable } from '../vault/vault-keys.js';
import type { Config } from './settings/config.js';

/** The dependencies of alerts. */
export interface AlertNeeds {
  config: Config;
  store: EventStore;
  /** Identifies the log. */
  storeName: string;
  views: Views;
  states: States;
  turns: Turns;
  world: World;
  /** Splits long work into slices. */
  paced: TurnPorts;
  /** The business day in a time zone; in the installation's by default. */
  todayIn(timeZone?: string): Day;
  /** Tells of projects whether they are within reach. */
  reached(reach: Reach): Promise<(project: string) => boolean>;
  /** Who added subscriptions, and what they may be notified of now. */
  owners: Owners;
  /** A name of a district or sector, with what other projects call the same. */
  inBoth: InBoth;
  /** Called when alerts or deliveries are stalled, once per kind of failure; they are retried. */
  onFailure?(error: Error): void;
  vault: Vault;
  /** Whether its file did not exist before. */
  isNewVault: boolean;
}

/** The queries for alerts and governance, and the process that evaluates and delivers, once it is started. */
export interface ComposedAlerts extends Pick<Topout, 'alerts' | 'governance'> {
  governed: Governed;
  /** A keyed hash of an identity, by the key file. */
  identityHash(identity: Identity): string;
  /** A keyed hash of when a session was used. */
  markHash(text: string): string;
  /** Starts evaluating and delivering while this replica is the leader; call it when the business day is known. */
  watch(): Promise<AlertProcess | undefined>;
  /** Evaluates what a new business day makes due. */
  look(): void;
  /** How many projects wait to be evaluated here. */
  queued(): EvaluationQueue['sizes'];
  /** The leader; undefined on an embedded store, and before the first attempt of this replica. */
  turn(): LeadershipState | undefined;
  close(): Promise<void>;
}

/** Interval of the search for unused keys, in milliseconds. */
const tidyMs = msPerHour;

/** The due index is a cache beside the views. */
const dueIndexPath = (dataPath: string): string => join(dataPath, 'due.db');

/** @throws VaultUnusable the key file is another installation's */
export async function composeAlerts(needs: AlertNeeds): Promise<ComposedAlerts> {
  const { config, store, storeName, views, states, turns, world, paced, todayIn, owners, onFailure } = needs;
  const eventsKept = cacheLimits(config.cacheMiB).alertEvents;
  const shipped = calendars();
  const governed = new Governed(views, shipped);
  const { vault: opened, isNewVault } = needs;
  const keys = new KeysAtHand(governed, opened, world);
  const { cluster } = config;
  if (cluster && isNewVault) requireKeys(keys, config.vaultPath);
  const vault = cluster ? sealingBy(keys, opened) : opened;
  const channels = await channelsOf(config, vault, world);
  const projects = function* () {
    for (let after = ''; ; ) {
      const ids = views.projects(after, views.position, 500);
      for (const project of ids) {
        const state = states.at(project, views.position)?.state;
        if (state) yield { project, state };
      }
      if (ids.length < 500) return;
      after = ids.at(-1) ?? after;
    }
  };
  const governance = new Govern({
    publicUrl: config.publicUrl,
    letterOf,
    settlingMs: config.settlingMs,
    paced,
    store,
    views,
    governed,
    world,
    vault,
    channels,
    projects,
    reached: needs.reached,
    owners,
    todayIn,
  });
  let stopTidying: () => void = () => undefined;
  const tidy = async () => {
    // Retried an hour later; until then the unused key stays.
    await governance.tidyKeys().catch((error: Error) => onFailure?.(error));
    if (!isClosed) stopTidying = world.after(tidyMs, () => void tidy());
  };
  let running: { leadership: Leadership; process: AlertProcess; deliveries: Deliveries } | undefined;
  let isClosed = false;
  return {
    governed,
    identityHash: ({ issuer, subject }) => vault.token(JSON.stringify([issuer, subject]), 'identity'),
    markHash: (text) => vault.token(text, 'session'),
    alerts: new AlertQueries(store, views, world, todayIn, needs.reached, eventsKept),
    governance,
    async watch() {
      const leadership = cluster
        ? await Lease.start({
            store,
            world,
            replica: cluster.replica,
            fitness: reporting(keys, onFailure),
          })
        : alwaysLeader;
      if (isClosed) {
        await leadership.close();
        return undefined;
      }
      void tidy();
      const acting = { store, views, world, governed, leadership, todayIn, onFailure };
      const { publicUrl, dataPath, settlingMs } = config;
      running = {
        leadership,
        process: AlertProcess.start({
          ...acting,
          states,
          turns,
          eventsKept,
          inBoth: needs.inBoth,
          storeName,
          path: dueIndexPath(dataPath),
          restsInBursts: true,
        }),
        deliveries: Deliveries.start({ ...acting, owners, vault, channels, publicUrl, settlingMs }),
      };
      return running.process;
    },
    look: () => running?.process.look(),
    queued: () => running?.process.queued ?? { urgent: 0, due: 0, failed: 0 },
    turn: () => running?.leadership.standing(),
    async close() {
      isClosed = true;
      stopTidying();
      await running?.process.close();
      await running?.deliveries.close();
      await running?.leadership.close();
      await Promise.all(Object.values(channels).map((channel) => channel?.close()));
    },
  };
}

/** This replica never had a key although the log holds sealed data: its key file is in the wrong place. */
function requireKeys(keys: KeysAtHand, path: string): void {
  const why = keys.whyNot();
  if (why === undefined) return;
  throw new VaultUnusable(
    `There is no key file at ${path}, and this replica could neither deliver nor accept subscriptions: ${why}. docs/cluster.md says how to continue when that file is lost.`,
  );
}

/** Reports once if this replica may not deliver, and why. */
function reporting(keys: KeysAtHand, tell: AlertNeeds['onFailure']): Fitness {
  let reported: string | undefined;
  return {
    whyNot: () => keys.whyNot(),
    async look() {
      await keys.look();
      const why = keys.whyNot();
      if (why !== undefined && why !== reported) tell?.(new Error(`this replica delivers nothing: ${why}.`));
      reported = why;
    },
  };
}

/** Data sealed with a replica's own keys would be unreadable for the others. */
function sealingBy(keys: KeysAtHand, vault: Vault): Vault {
  return {
    ...vault,
    seal(subscription, text) {
      const why = keys.whyNot();
      if (why !== undefined)
        throw new Refused('sealed-unreadable', {
          member: 'channel',
          seen: `a replica that cannot seal it for the others: ${why}`,
          expected: 'another replica, or this one with the keys of the installation',
        });
      return vault.seal(subscription, text);
    },
  };
}

async function channelsOf(
  { smtpUrl, mailFrom, webhookNetworks, allowsLoopbackWebhooks }: Config,
  vault: Vault,
  world: World,
): Promise<{ webhook: ChannelPort; email?: ChannelPort }> {
  const webhook = webhookChannel({
    ...world,
    allow: webhookNetworks,
    allowHttpLoopback: allowsLoopbackWebhooks,
    signingKey: () => vault.signingKey(),
  });
  if (smtpUrl === undefined) return { webhook };
  try {
    // The mail library is loaded only if mail is configured.
    const { emailChannel } = await import('../channels/email.js');
    return { webhook, email: emailChannel({ ...world, smtpUrl, from: mailFrom }) };
  } catch (error) {
    await webhook.close();
    throw error;
  }
}
