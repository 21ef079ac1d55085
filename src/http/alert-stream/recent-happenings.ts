import { firstWhere } from '../../../domain/values/search.js';
import type { AlertFilter, AlertHappening, Alerts } from '../../app/alerts/alerts.js';
import { fits } from './frames.js';

/** Happenings kept in memory, of about 4 KiB each with all that is written out of them. */
const mostKept = 2_000;

/** Positions looked through at once for a reader far behind, so that others get their turn. */
const window = 5_000;

/** Happenings read at once to lengthen what is kept. */
const stretch = 500;

/** Part of what came after a position, and the position up to which it was looked for. */
export interface Stretch {
  items: AlertHappening[];
  upTo: number;
}

/** The latest happenings in memory, so that of many readers who come back at once only the first one asks the views. */
export class RecentHappenings {
  private items: AlertHappening[] = [];
  /** All that came after this position and up to `upTo` is in `items`. */
  private from: number;
  private last: number;
  /** More than a stretch lies between here and what is kept. */
  private farBefore = -1;

  constructor(private readonly alerts: Pick<Alerts, 'happenings' | 'position'>) {
    this.from = alerts.position();
    this.last = this.from;
  }

  /** The position up to which everything can be told. */
  get upTo(): number {
    return this.last;
  }

  /** Keeps what happened up to a position; what is known already is left out. */
  add(happenings: readonly AlertHappening[], position: number): void {
    this.items.push(...happenings.filter(({ event }) => event.position > this.last));
    this.last = Math.max(this.last, position, this.items.at(-1)?.event.position ?? 0);
    const dropped = this.items.splice(0, Math.max(0, this.items.length - mostKept)).at(-1);
    if (dropped) this.from = dropped.event.position;
  }

  /** At most `limit` happenings after a position that fit a filter, oldest first. */
  after(position: number, filter: AlertFilter, limit: number): Stretch {
    if (position < this.from && !this.reachBackTo(position)) {
      const end = Math.min(this.from, position + window);
      const items = this.alerts.happenings(position, end, filter, limit);
      return { items, upTo: endOf(items, limit) ?? end };
    }
    const items: AlertHappening[] = [];
    for (let index = this.indexAfter(position); index < this.items.length && items.length < limit; index++) {
      const happening = this.items[index];
      if (happening && fits(happening, filter)) items.push(happening);
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

/** Where a full stretch ends; undefined for one that holds all there is. */
function endOf(items: readonly AlertHappening[], limit: number): number | undefined {
  return items.length < limit ? undefined : items.at(-1)?.event.position;
}
