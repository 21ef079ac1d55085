import type { Reach } from '../../../../domain/access/scope.js';
import type { ChannelPort } from '../../../channels/channel.js';
import type { Letter, Notice } from '../../../channels/notice.js';
import type { Owners } from '../../deliveries/owners.js';
import type { Vault, World } from '../../ports.js';
import type { TurnPorts } from '../../turns.js';
import type { Views } from '../../views/views.js';
import type { Governance } from '../governance.js';
import type { GovernanceLog } from '../governance-log.js';
import type { Governed } from '../governed.js';

/** The ports of subscriptions. */
export interface SubscribersNeed {
  log: GovernanceLog;
  views: Views;
  governed: Governed;
  world: World;
  vault: Vault;
  /** Who added subscriptions, and what they may be notified of now. */
  owners: Owners;
  /** Tells of projects whether they are within reach. */
  reached(reach: Reach): Promise<(project: string) => boolean>;
  /** A missing kind is not configured in this installation. */
  channels: Readonly<{ webhook?: ChannelPort; email?: ChannelPort }>;
  /** The content of a mail. */
  letterOf(notice: Notice): Letter;
  /** How long webhook and mail wait whether an alert ends again, in milliseconds. */
  settlingMs: number;
  /** Splits long work; without it each is one turn. */
  paced?: TurnPorts;
  /** The public URL of the service, without a trailing slash. */
  publicUrl?: string;
}

/** What a method of the governance answers. */
export type Of<Method extends keyof Governance> = ReturnType<Governance[Method]>;
