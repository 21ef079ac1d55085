import type { Quantity } from '../../domain/values/amounts/quantity.js';
import type { Amount } from './statement.js';

/**
 * What cannot all be true: `fell` a lower share, `amount-fell` a smaller amount in the same unit, `above-parts` a group
 * stated further than its parts can be, `below-parts` less far than they are.
 */
export type FoundKind = 'fell' | 'amount-fell' | 'above-parts' | 'below-parts';

/** A contradiction as it was found on its day; plain JSON. */
export interface Found {
  kind: FoundKind;
  /** The node, by the key of its item and step. */
  node: string;
  /** The day on which it was found, as a number. */
  day: number;
  /** The entries of the earlier or upper side: the higher figure, or the statement on the group. */
  upper: string[];
  /** The entries of the other side: the lower figure, or the statements on the parts. */
  lower: string[];
  /** The entry that settled it; null while it is open. */
  settledBy: string | null;
  /** What another exact statement of the same day has to reach to settle a fall: a low, or an amount. */
  toReach: number | Amount | null;
}

/** A total that grew: the share may be lower, the work is not. */
export interface Grown {
  node: string;
  day: number;
  /** The entry with the old total and the one with the new total, or the plan that names it. */
  from: string;
  to: string;
  /** The old and the new total. */
  totals: [Quantity, Quantity];
}
