import type { Permission } from '../../domain/access/permissions.js';
import { isWithin, type Place } from '../../domain/access/scope.js';
import type { Self } from '../../src/http/answers/self.js';
import { attendanceHeaders } from './attended.js';
import { callerChanged, gatewayHeaders } from './caller.js';
import { currentLanguage } from './language.js';
import { useStore } from './use-store.js';

export type { Self };

/** What is kept on the device of who uses it. */
export interface Known {
  self: Pick<
    Self,
    'mode' | 'person' | 'name' | 'permissions' | 'signedInBy' | 'until' | 'isOnOpenWire' | 'provider'
  >;
  /** Whose sign-in has ended by itself: the page is still theirs, and shows what it showed. */
  before?: Pick<Self, 'person' | 'name' | 'signedInBy'> & Partial<Pick<Self, 'permissions'>>;
}

const kept = 'topout.self';

/**
 * Who uses this page, as the service knows them: everybody where it is open to all, a person who signed in, or nobody.
 * Without an answer it is what was known last on this device, so that a phone knows its person offline.
 */
class OwnSelf {
  private known: Known | undefined = remembered();
  private asking: Promise<Self | undefined> | undefined;
  private readonly listeners = new Set<() => void>();

  readonly current = (): Known | undefined => this.known;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Asks the service; one question at a time. Without an answer, which is undefined, everything stays as it was. */
  look(): Promise<Self | undefined> {
    this.asking ??= asked()
      .then((self) => {
        if (self) this.become(self);
        return self;
      })
      .finally(() => {
        this.asking = undefined;
      });
    return this.asking;
  }

  /** Takes over what the service answered, as after a sign-in. */
  become({ mode, person, name, permissions, signedInBy, until, isOnOpenWire, provider }: Self): void {
    const { self: last, before } = this.known ?? {};
    const self = { mode, person, name, permissions, signedInBy, until, isOnOpenWire, provider };
    const ended = mode !== 'nobody' ? undefined : last?.mode === 'signed-in' ? personIn(last) : before;
    this.keep(ended ? { self, before: ended } : { self });
    if (last?.mode !== mode || last.person !== person) callerChanged();
  }

  /** Somebody signed out: the page is nobody's. */
  leave(): void {
    this.keep({ self: { mode: 'nobody', permissions: {} } });
  }

  private keep(known: Known): void {
    this.known = known;
    try {
      localStorage.setItem(kept, JSON.stringify(known));
    } catch {
      // Without storage space it is known as long as the page is open.
    }
    for (const listener of this.listeners) listener();
  }
}

/** The one of this page. */
export const ownSelf = new OwnSelf();

/** Who uses this page, as a hook; undefined until it is known. */
export function useSelf(): Known['self'] | undefined {
  return useKnownSelf()?.self;
}

/** The same, and whose sign-in has ended. */
export function useKnownSelf(): Known | undefined {
  return useStore(ownSelf.subscribe, ownSelf.current);
}

/** True if somebody has a permission: at a place, or anywhere when no place is given. */
export function may(
  self: Pick<Self, 'permissions'> | undefined,
  permission: Permission,
  place?: Place,
): boolean {
  const reach = self?.permissions[permission];
  return reach !== undefined && (place === undefined || isWithin(reach, place));
}

/** The person whose page this is, also after their sign-in has ended by itself; undefined in open mode. */
export function personHere(known = ownSelf.current()): Pick<Self, 'person' | 'name'> | undefined {
  return known?.self.mode === 'signed-in' ? personIn(known.self) : known?.before;
}

function personIn({ person, name, signedInBy, permissions }: Known['self']): Known['before'] {
  return { person, name, signedInBy, permissions };
}

function remembered(): Known | undefined {
  try {
    const known = JSON.parse(localStorage.getItem(kept) ?? 'null') as Known | null;
    return known?.self ? known : undefined;
  } catch {
    return undefined;
  }
}

async function asked(): Promise<Self | undefined> {
  try {
    const answer = await fetch('/people/self', {
      headers: {
        accept: 'application/json',
        'accept-language': currentLanguage(),
        ...gatewayHeaders(),
        ...attendanceHeaders(),
      },
      cache: 'no-store',
      redirect: 'manual',
    });
    const self = answer.ok ? ((await answer.json()) as Partial<Self>) : {};
    return self.mode && self.permissions ? (self as Self) : undefined;
  } catch {
    return undefined;
  }
}
