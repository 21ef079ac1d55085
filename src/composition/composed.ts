import { type Day } from '../../domain/values/days/calendar.js';
import { Measures } from '../app/measures.js';
import { PortfolioRows } from '../app/portfolio/portfolio-rows.js';
import type { Topout } from '../app/topout.js';
import type { Views } from '../app/views/views.js';
import type { EventStore } from '../event-store/event-store.js';

/** A whole Topout on its store, without HTTP. */
export interface Composed {
  topout: Topout;
  store: EventStore;
  views: Views;
  lines: PortfolioRows;
  measures: Measures;
  /** Sets the business day of the data folder, unless the environment sets one. */
  bringDay(day: Day): void;
  /** Makes the service not ready, for a reason given as a sentence, until the returned function is called. */
  holdReady(reason: string): () => void;
  /** Starts evaluation and delivery; resolves when everything due is evaluated. */
  watch(): Promise<void>;
  /** Overrides the business day while some work runs. */
  onDay(day: Day, work: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}
