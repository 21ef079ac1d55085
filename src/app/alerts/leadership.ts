import { NEVER, type Observable } from 'rxjs';
import type { Instant } from '../../../domain/values/calendar.js';

/** Who judges and delivers, as a replica knows it. */
export interface LeadershipState {
  /** The replica that does, since when; absent while none is known to. */
  leader?: string;
  since?: Instant;
  /** It is this one. */
  isHere: boolean;
  /** Why this one may not take it, in a sentence without its end. */
  whyNot?: string;
  /** Within how long another one takes over when the leader is gone without a word, in seconds. */
  takeoverSeconds: number;
}

/** Whether it is this replica's turn to judge and to deliver; one replica at a time has it. */
export interface Leadership {
  /** Asked before every act: a turn may end at any moment. */
  isLeader(): boolean;
  /** Emits each time this replica becomes the leader. */
  elected$: Observable<void>;
  /** Who has it; undefined where there is nobody else. */
  standing(): LeadershipState | undefined;
  /** Hands the turn over to the others at once. */
  close(): Promise<void>;
}

/** The turn of an installation of one replica: it always has it. */
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
