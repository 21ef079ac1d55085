/** The key file cannot be used; the sentence says why and what to do. Nothing was written. */
export class VaultUnusable extends Error {}

export const keyBytes = 32;

/** The key of one subscription. */
interface SubscriptionKey {
  /** In base64. */
  key: string;
  /** The offset of `key` in the file, in bytes; undefined in a file of the first format. */
  offset?: number;
  /** False until the log is known to hold data sealed with it. */
  isRecorded: boolean;
}

/** The key of what is sealed of one person for one purpose. */
type HolderKey = Pick<SubscriptionKey, 'key' | 'offset'>;

/** A key of the ledger (Ed25519), raw and in base64. */
interface LedgerKey {
  publicKey: string;
  /** Absent of one that another has replaced. */
  privateKey?: string;
  /** From when on it signs, an instant. */
  since: string;
  /** The note by which the key before hands over to it; absent of the first. */
  handover?: string;
}

/** The content of a key file. */
export interface Keys {
  /** The first line, unique per file; undefined in a file of the first format, and without a file. */
  head?: string;
  /** Bytes processed, up to the end of the last complete line. */
  size: number;
  /** In base64. */
  tokens?: string;
  /** In base64. */
  signing?: { privateKey: string; publicKey: string };
  /** The keys of the ledger, from the first on; the last one signs. */
  ledger: LedgerKey[];
  subscriptions: Map<string, SubscriptionKey>;
  /** The keys of the personal data of people, by holder. */
  holders: Map<string, HolderKey>;
  /** Holders whose keys were destroyed. */
  gone: Set<string>;
  /** Obsolete lines, which a rewrite removes. */
  needless: number;
}

/** A line of the file: a key, or a change of one. */
export type Line =
  | { tokens: string }
  | { signing: NonNullable<Keys['signing']> }
  | { ledger: LedgerKey }
  /** `new` until a line `recorded` follows. */
  | { subscription: string; key: string; new?: true }
  | { holder: string; key: string }
  /** The log holds data sealed with the key of this subscription. */
  | { recorded: string }
  /** The key was overwritten. */
  | { forgotten: string };

/** Overwrites a destroyed key; base64 does not have this character. */
export const destroyed = '-'.repeat(44);
const headPattern = /^\{"vault":2,"file":"[\w-]{22}"\}\n/;
const newLine = 0x0a;

/** The first line of a new file. @param name 16 random bytes in base64url */
export const headOf = (name: string): string => `{"vault":2,"file":"${name}"}\n`;
/** Length of the first line, in bytes. */
export const headBytes = headOf('x'.repeat(22)).length;

export const textOf = (line: Line): string => `${JSON.stringify(line)}\n`;
/** Offset of the key in the line of a subscription or a holder, in bytes. */
const keyAt = (owner: { subscription: string } | { holder: string }): number =>
  Buffer.byteLength(`${JSON.stringify(owner).slice(0, -1)},"key":"`);

/** The bytes of a key; empty for a missing one. */
export function bytesOf(base64: string | undefined): Buffer {
  return Buffer.from(base64 ?? '', 'base64');
}

/** No keys at all. */
export function noKeys(): Keys {
  return { size: 0, ledger: [], subscriptions: new Map(), holders: new Map(), gone: new Set(), needless: 0 };
}

/** The keys in the bytes of a whole file, of either format. @throws VaultUnusable */
export function keysIn(path: string, bytes: Buffer): Keys {
  const head = headPattern.exec(bytes.toString('latin1', 0, headBytes))?.[0];
  if (head === undefined) return keysOfFirstFormat(path, bytes);
  const keys = { ...noKeys(), head, size: headBytes };
  takeLines(path, keys, bytes.subarray(headBytes));
  return keys;
}

/**
 * Processes the lines after the processed ones; an incomplete last line was never relied on and is ignored.
 *
 * @throws VaultUnusable
 */
export function takeLines(path: string, keys: Keys, bytes: Buffer): void {
  for (let from = 0; ; ) {
    const end = bytes.indexOf(newLine, from);
    if (end < 0) return;
    takeLine(path, keys, bytes.toString('utf8', from, end));
    keys.size += end + 1 - from;
    from = end + 1;
  }
}

function takeLine(path: string, keys: Keys, text: string): void {
  const line = parsed(path, text) as Partial<Record<string, unknown>>;
  const { subscription, holder, key, tokens, signing, ledger, recorded, forgotten } = line;
  const isOfLength = typeof key === 'string' && key.length === destroyed.length;
  // A key whose destruction was interrupted by a power failure counts as destroyed.
  const isDestroyed = isOfLength && key.includes('-');
  if (typeof subscription === 'string' && isOfLength) {
    if (isDestroyed) keys.needless += 1;
    else if (!isKey(key)) throw damaged(path);
    else if (!keys.subscriptions.has(subscription)) {
      const offset = keys.size + keyAt({ subscription });
      keys.subscriptions.set(subscription, { key, offset, isRecorded: line.new !== true });
    }
  } else if (typeof holder === 'string' && isOfLength) {
    if (isDestroyed) keys.needless += 1;
    else if (!isKey(key)) throw damaged(path);
    else if (!keys.holders.has(holder))
      keys.holders.set(holder, { key, offset: keys.size + keyAt({ holder }) });
  } else if (isKey(tokens)) keys.tokens ??= tokens;
  else if (areSigning(signing)) keys.signing ??= signing;
  else if (isOfLedger(ledger)) keys.ledger.push(ledger);
  else if (typeof recorded === 'string') {
    const known = keys.subscriptions.get(recorded);
    if (known) known.isRecorded = true;
    keys.needless += 1;
  } else if (typeof forgotten === 'string') {
    keys.subscriptions.delete(forgotten);
    keys.holders.delete(forgotten);
    // A holder stays known, so that an erased text is not taken for one whose key is elsewhere.
    if (forgotten.includes('/')) keys.gone.add(forgotten);
    else keys.needless += 1;
  } else throw damaged(path);
}

/** One JSON object that was rewritten at each change; every key in it belongs to recorded data. */
function keysOfFirstFormat(path: string, bytes: Buffer): Keys {
  const { vault, tokens, signing, subscriptions } = Object(parsed(path, bytes.toString()));
  const isWhole =
    vault === 1 &&
    (tokens === undefined || isKey(tokens)) &&
    (signing === undefined || areSigning(signing)) &&
    typeof subscriptions === 'object' &&
    subscriptions !== null &&
    Object.values(subscriptions).every(isKey);
  if (!isWhole) throw damaged(path);
  const known = Object.entries(subscriptions as Record<string, string>);
  return {
    ...noKeys(),
    size: bytes.length,
    tokens,
    signing,
    subscriptions: new Map(known.map(([id, key]) => [id, { key, isRecorded: true }])),
  };
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(path, error);
  }
}

const isKey = (key: unknown): key is string => typeof key === 'string' && bytesOf(key).length === keyBytes;

function areSigning(value: unknown): value is NonNullable<Keys['signing']> {
  const { privateKey, publicKey } = Object(value);
  return isKey(privateKey) && isKey(publicKey);
}

function isOfLedger(value: unknown): value is LedgerKey {
  const { privateKey, publicKey, since, handover } = Object(value);
  const isOptional = (text: unknown, is: (text: unknown) => boolean) => text === undefined || is(text);
  const isText = (text: unknown) => typeof text === 'string';
  return isKey(publicKey) && isOptional(privateKey, isKey) && isText(since) && isOptional(handover, isText);
}

/** The whole file that holds exactly these keys. */
export function fileOf(
  { tokens, signing, ledger, subscriptions, holders, gone }: Keys,
  head: string,
): string {
  return [
    head,
    ...(tokens === undefined ? [] : [textOf({ tokens })]),
    ...(signing ? [textOf({ signing })] : []),
    ...ledger.map((key) => textOf({ ledger: key })),
    ...[...subscriptions].map(([subscription, { key, isRecorded }]) =>
      textOf({ subscription, key, ...(isRecorded ? {} : { new: true }) }),
    ),
    ...[...holders].map(([holder, { key }]) => textOf({ holder, key })),
    ...[...gone].map((forgotten) => textOf({ forgotten })),
  ].join('');
}

function damaged(path: string, cause?: unknown): VaultUnusable {
  return new VaultUnusable(
    `The key file ${path} cannot be read or is damaged; put the last good copy in its place. It is left as it is.`,
    { cause },
  );
}
