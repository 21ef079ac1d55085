import { NEVER, type Observable } from 'rxjs';
import type { Instant } from '../../../domain/values/days/calendar.js';

/** The leader, as a replica knows it. */
export interface LeadershipState {
  /** The leading replica, since when; absent if unknown. */
  leader?: string;
  since?: Instant;
  /** It is this replica. */
  isHere: boolean;
  /** Why this replica is not eligible, as a sentence without its end. */
  whyNot?: string;
  /** How soon another replica takes over from a dead leader, in seconds. */
  takeoverSeconds: number;
}

/** Whether this replica is the leader, which evaluates and delivers; there is one leader at a time. */
export interface Leadership {
  /** Checked before every action: leadership may end at any moment. */
  isLeader(): boolean;
  /** Emits each time this replica becomes the leader. */
  elected$: Observable<void>;
  /** Who has it; undefined where there is nobody else. */
  standing(): LeadershipState | undefined;
  /** Hands leadership over immediately. */
  close(): Promise<void>;
}

/** Leadership in an installation of one replica: always this one. */
export const alwaysLeader: Leadership = {
  isLeader: () => true,
  elected$: NEVER,
  standing: () => undefined,
  close: async () => undefined,
};

/** Whether this replica may lead. */
export interface Fitness {
  /** Finds out again. */
  look(): Promise<void>;
  /** Why it may not lead, in a sentence without its end; undefined while it may. */
  whyNot(): string | undefined;
}

export const alwaysFit: Fitness = { look: async () => undefined, whyNot: () => undefined };
