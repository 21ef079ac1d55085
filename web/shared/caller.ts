import { authorIn } from '../../domain/values/author.js';
import { plainText } from '../../domain/values/plain-text.js';

/** The user of this device, and the token for a gateway in front of the service. */
export interface Caller {
  /** As typed; sent with writes as `Topout-By`. */
  name?: string;
  /** Sent as a bearer token. */
  token?: string;
}

const kept = 'topout.caller';
const listeners = new Set<() => void>();

/** The user of this device. */
export function caller(): Caller {
  try {
    return JSON.parse(localStorage.getItem(kept) ?? '{}') as Caller;
  } catch {
    return {};
  }
}

/** Sets the user of this device. */
export function nameCaller(next: Caller): void {
  localStorage.setItem(kept, JSON.stringify(next));
  callerChanged();
}

/** Calls back when the user changed; returns the unsubscribe function. */
export function onCaller(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Notifies of a change of who uses the page. */
export function callerChanged(): void {
  for (const listener of listeners) listener();
}

/** The header by which a gateway in front of the service lets a request through. */
export function gatewayHeaders(): Record<string, string> {
  const { token } = caller();
  return token ? { authorization: `Bearer ${token}` } : {};
}

/** The name in a typed text, without characters that show nothing; undefined for none. */
export function authorTyped(text: string): string | undefined {
  return text.trim() === '' ? undefined : authorIn(plainText(text));
}
