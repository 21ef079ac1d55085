/** Who works on this device, and what lets them in where a gateway before the service asks for it. */
export interface Caller {
  /** Sent as `Topout-By` with what is written; 1 to 64 printable ASCII characters without spaces. */
  name?: string;
  /** Sent as a bearer token. */
  token?: string;
}

const kept = 'topout.caller';
const listeners = new Set<() => void>();

/** Who was named on this device. */
export function caller(): Caller {
  try {
    return JSON.parse(localStorage.getItem(kept) ?? '{}') as Caller;
  } catch {
    return {};
  }
}

/** Names somebody else, on this device until the next time. */
export function nameCaller(next: Caller): void {
  localStorage.setItem(kept, JSON.stringify(next));
  for (const listener of listeners) listener();
}

/** Calls back when somebody else was named; answers what ends that. */
export function onCaller(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The headers that say who asks. */
export function callerHeaders(): Record<string, string> {
  const { name, token } = caller();
  return {
    ...(name ? { 'topout-by': name } : {}),
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  };
}
