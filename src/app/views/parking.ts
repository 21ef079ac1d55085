import type { DatabaseSync } from 'node:sqlite';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import type { EventPage } from '../../event-store/event-store.js';
import { type Parked, parked, parkedName } from './parked.js';

const schema = `CREATE TABLE IF NOT EXISTS parked (
  view TEXT NOT NULL, project TEXT NOT NULL, position INTEGER NOT NULL, entry TEXT NOT NULL, why TEXT NOT NULL,
  PRIMARY KEY (view, project)) STRICT, WITHOUT ROWID`;

/** The parked projects of a views file. They stay parked until the file is rebuilt: a view takes events in order. */
export class Parking {
  private parked = new Map<string, Parked>();

  constructor(private readonly db: DatabaseSync) {
    db.exec(schema);
    this.reload();
  }

  get list(): readonly Parked[] {
    return [...this.parked.values()];
  }

  /** Reads them again, after a transaction was rolled back. */
  reload(): void {
    const rows = this.db.prepare('SELECT * FROM parked ORDER BY view, project').all() as unknown as Row[];
    this.parked = new Map(
      rows.map(({ view, project, position, entry, why }) => [
        `${view} ${project}`,
        { view, project, since: { position, entry }, why },
      ]),
    );
  }

  /** The events that a view takes: those of projects that are not parked in it. */
  takenBy(view: string, events: EventPage): EventPage {
    return this.parked.size === 0 ? events : events.filter((event) => !this.has(view, event));
  }

  /** Applies events one by one, and parks the project of each that fails. */
  each(
    view: string,
    events: EventPage,
    apply: (events: EventPage) => void,
    isMeant: (error: unknown) => boolean,
  ): void {
    for (const event of events) {
      if (this.has(view, event)) continue;
      this.db.exec('SAVEPOINT one');
      try {
        apply([event]);
      } catch (error) {
        if (!isMeant(error)) throw error;
        this.db.exec('ROLLBACK TO one');
        this.add(parked(view, event, error));
      }
      this.db.exec('RELEASE one');
    }
  }

  private has(view: string, event: AnyRecordedEvent): boolean {
    return this.parked.has(`${view} ${parkedName(event)}`);
  }

  private add(one: Parked): void {
    const { view, project, since, why } = one;
    const insert = this.db.prepare('INSERT INTO parked VALUES (?, ?, ?, ?, ?)');
    insert.run(view, project, since.position, since.entry, why);
    this.parked.set(`${view} ${project}`, one);
  }
}

type Row = Omit<Parked, 'since'> & Parked['since'];
