/** The closed set of reasons for which a store refuses. */
export type StoreReason =
  | 'revision-conflict'
  | 'event-id-reused'
  | 'store-full'
  | 'store-unavailable'
  | 'outcome-unknown'
  | 'store-corrupt'
  | 'store-in-use'
  | 'store-refused';

/** The base of all store errors: a reason of the closed set and a sentence for the reader. */
export abstract class StoreError extends Error {
  abstract readonly reason: StoreReason;
}

/** The stream is at another revision than expected; -1 means that it has no event. */
export class RevisionConflict extends StoreError {
  readonly reason = 'revision-conflict';
  constructor(
    readonly stream: string,
    readonly expected: number | 'no-stream',
    readonly current: number,
  ) {
    super(`Stream ${stream} is at revision ${current}; expected ${expected}.`);
  }
}

/** The id belongs to an event with other content, or in another stream. */
export class EventIdReused extends StoreError {
  readonly reason = 'event-id-reused';
  constructor(readonly id: string) {
    super(`Event id ${id} is already taken by an entry with other content; use a new id for a new entry.`);
  }
}

/** The disk is full, or below the reserved free space; nothing was stored. */
export class StoreFull extends StoreError {
  readonly reason = 'store-full';
  constructor(options?: ErrorOptions, what = 'The disk of the store is full') {
    super(`${what}; nothing was stored. Free some space and send it again.`, options);
  }
}

/** The store accepts no writes now; nothing was stored. */
export class StoreUnavailable extends StoreError {
  readonly reason = 'store-unavailable';
  constructor(why: string, options?: ErrorOptions) {
    super(`The store is not available (${why}); nothing was stored.`, options);
  }
}

/** A write failed and it is unknown whether it is stored: send the same ids again. */
export class OutcomeUnknown extends StoreError {
  readonly reason = 'outcome-unknown';
  constructor(
    readonly ids: readonly string[],
    options?: ErrorOptions,
  ) {
    super(`It is not known whether ${ids.join(', ')} was stored; send it again with the same id.`, options);
  }
}

/** The store's files hold data that the store never wrote. */
export class StoreCorrupt extends StoreError {
  readonly reason = 'store-corrupt';
  constructor(
    readonly where: string,
    options?: ErrorOptions,
  ) {
    super(
      `The store is damaged at ${where}. Restore a backup, or run "topout doctor" to see what is damaged and "topout salvage" to write out what is intact.`,
      options,
    );
  }
}

/** The store ends before an event that it had stored; the missing events may have been acknowledged. */
export class EventsMissing extends StoreCorrupt {
  /** `last` is the position of the last event present, `anchored` that of the last event known to have existed. */
  constructor(path: string, anchor: string, last: number, anchored: number) {
    super(path);
    const seen =
      last < anchored
        ? `events are missing after ${last}: it ends there, and event ${anchored} had been stored`
        : `event ${anchored} is not the one that was stored there`;
    this.message =
      `${path}: ${seen}. Nothing was changed. Keep a copy of the folder and restore a backup; ` +
      `to continue without the missing events, remove ${anchor}.`;
  }
}

/** Another process holds the store. */
export class StoreInUse extends StoreError {
  readonly reason = 'store-in-use';
  constructor(
    readonly path: string,
    options?: ErrorOptions,
  ) {
    super(
      `${path} is in use by another Topout process; stop that one first, or choose another folder with TOPOUT_DATA.`,
      options,
    );
  }
}

/** This version cannot use the store: another application's file, a newer format, a folder without access. */
export class StoreRefused extends StoreError {
  readonly reason = 'store-refused';
  constructor(
    readonly what: string,
    why: string,
    options?: ErrorOptions,
  ) {
    super(`${what} cannot be used: ${why}.`, options);
  }
}
