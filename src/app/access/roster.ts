import { type Observable, Subject } from 'rxjs';
import { type AccessState, emptyAccess, replayAccess } from '../../../domain/access/access.js';
import { type AccessEvent, accessStream } from '../../../domain/access/events.js';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import type { Views } from '../views/views.js';

/** People, grants and credentials in the views; follows the log, so that a revocation holds as soon as it can be read. */
export class Roster {
  private state: AccessState = emptyAccess();
  private readonly changes = new Subject<void>();

  constructor(private readonly views: Pick<Views, 'stream' | 'position' | 'events$' | 'swaps$'>) {
    this.state = this.at(views.position);
    views.events$.subscribe((events) => this.take(events.filter(isOfAccess)));
    views.swaps$.subscribe(() => this.take(this.stored(this.views.position)));
  }

  /** As it is now. */
  present(): AccessState {
    return this.state;
  }

  /** As it was known at a position. */
  at(position: number): AccessState {
    return replayAccess(emptyAccess(), this.stored(position));
  }

  /** Emits after each change. */
  get changes$(): Observable<void> {
    return this.changes;
  }

  private stored(position: number): AccessEvent[] {
    return this.views.stream(accessStream, position).filter(isOfAccess);
  }

  private take(events: readonly AccessEvent[]): void {
    const fresh = events.filter(({ position }) => position > this.state.position);
    if (fresh.length === 0) return;
    this.state = replayAccess(this.state, fresh);
    this.changes.next();
  }
}

function isOfAccess(event: AnyRecordedEvent): event is AccessEvent {
  return event.stream === accessStream;
}
