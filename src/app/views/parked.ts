import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import { CommandRejected } from '../../../domain/values/rejections.js';
import type { Uuid } from '../../../domain/values/uuid.js';
import { StoreError } from '../../event-store/errors.js';
import { Refused } from '../refusals.js';
import { ClientLeft } from '../turns.js';

/** A project of which a view holds nothing from some event on, because it cannot take that event. */
export interface Parked {
  view: string;
  /** The project, or the name of a stream that is of none. */
  project: string;
  /** The event that it cannot take. */
  since: { position: number; entry: Uuid };
  /** What it failed with. */
  why: string;
}

/** The project that an event is about, or its stream. */
export function parkedName({ stream }: Pick<AnyRecordedEvent, 'stream'>): string {
  return stream.replace(/^(project|alerts)-/, '');
}

/** The result codes of SQLite for a value that no row may have: CHECK, NOT NULL, a datatype. */
const valueCodes = [275, 1299, 3091];

/** True if an error is about the content of an event, and not about the store, the file or the request. */
export function isOfTheEvent(error: unknown): error is Error {
  const { code, errcode, syscall } = Object(error) as NodeJS.ErrnoException & { errcode?: number };
  if (code === 'ERR_SQLITE_ERROR') return errcode !== undefined && valueCodes.includes(errcode);
  const isExpected = [StoreError, Refused, CommandRejected, ClientLeft].some(
    (known) => error instanceof known,
  );
  // A database that was closed meanwhile has the code ERR_INVALID_STATE.
  return error instanceof Error && !isExpected && syscall === undefined && code !== 'ERR_INVALID_STATE';
}

/** Names a project as parked. */
export function parked(
  view: string,
  event: Pick<AnyRecordedEvent, 'stream' | 'position' | 'id'>,
  error: unknown,
): Parked {
  const why = (error instanceof Error ? error.message : String(error)).slice(0, 200);
  return { view, project: parkedName(event), since: { position: event.position, entry: event.id }, why };
}
