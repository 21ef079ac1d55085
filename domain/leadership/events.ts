import type { EntryMetadata } from '../project/events.js';
import type { Instant } from '../values/days/calendar.js';

/** The stored contract of the stream `deliveries`: which replica leads until when. */
export interface LeadershipEventData {
  /** Recorded by a replica that leads from now on, goes on, or hands over. */
  DeliveriesTaken: { replica: string; until: Instant /** When it began to lead. */; since?: Instant };
}

/** A new event of the stream. */
export interface NewLeadershipEvent {
  type: 'DeliveriesTaken';
  data: LeadershipEventData['DeliveriesTaken'];
  entry: EntryMetadata;
}

/** The stream keeps the name that it was first stored under. */
export const leadershipStream = 'deliveries';
