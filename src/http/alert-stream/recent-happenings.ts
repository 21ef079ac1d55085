import { firstWhere } from '../../../domain/values/search.js';
import type { AlertFilter, AlertHappening, Alerts } from '../../app/alerts/alerts.js';
import { fits } from '../../app/alerts/order.js';

/** Maximum number of cached events, of about 4 KiB each including their serialized forms. */
const mostKept = 2_000;

/** Positions searched per turn for a reader far behind. */
const window = 5_000;

/** Events read together to extend the cache. */
const stretch = 500;

/** A part of the events after a position, and the position up to which it was searched. */
export interface Stretch {
  items: AlertHappening[];
  upTo: number;
}

/** The latest events in memory, so that of many readers who reconnect together only the first one queries the views. */
export class RecentHappenings {
  private items: AlertHappening[] = [];
  /** `items` has everything after this position and up to `upTo`. */
  private from: number;
  private last: number;
  /** More than one part lies between here and the cache. */
  private farBefore = -1;

  constructor(private readonly alerts: Pick<Alerts, 'happenings' | 'position'>) {
    this.from = alerts.position();
    this.last = this.from;
  }

  /** The readable position. */
  get upTo(): number {
    return this.last;
  }

  /** Caches the events up to a position; known ones are omitted. */
  add(happenings: readonly AlertHappening[], position: number): void {
    this.items.push(...happenings.filter(({ event }) => event.position > this.last));
    this.last = Math.max(this.last, position, this.items.at(-1)?.event.position ?? 0);
    const dropped = this.items.splice(0, Math.max(0, this.items.length - mostKept)).at(-1);
    if (dropped) this.from = dropped.event.position;
  }

  /** At most `limit` events after a position that match a filter, oldest first. */
  after(position: number, filter: AlertFilter, limit: number): Stretch {
    if (position < this.from && !this.reachBackTo(position)) {
      const end = Math.min(this.from, position + window);
      const items = this.alerts.happenings(position, end, filter, limit);
      return { items, upTo: endOf(items, limit) ?? end };
    }
    const items: AlertHappening[] = [];
    for (let index = this.indexAfter(position); index < this.items.length && items.length < limit; index++) {
      const happening = this.items[index];
      if (happening && fits(happening.alert, filter)) items.push(happening);
    }
    return { items, upTo: endOf(items, limit) ?? this.last };
  }

  private reachBackTo(position: number): boolean {
    if (position <= this.farBefore) return false;
    const earlier = this.alerts.happenings(position, this.from, {}, stretch);
    if (earlier.length === stretch || earlier.length + this.items.length > mostKept) {
      this.farBefore = position;
      return false;
    }
    this.items = [...earlier, ...this.items];
    this.from = position;
    return true;
  }

  private indexAfter(position: number): number {
    const { items } = this;
    return firstWhere(0, items.length, (index) => (items[index]?.event.position ?? 0) > position);
  }
}

/** The end of a full part; undefined if it has everything. */
function endOf(items: readonly AlertHappening[], limit: number): number | undefined {
  return items.length < limit ? undefined : items.at(-1)?.event.position;
}
