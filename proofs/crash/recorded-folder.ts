import { readFileSync } from 'node:fs';
import type { Dice } from '../../test/support/dice.js';

/** One operation of a process in the recorded folder, in the layout of `trace.c`. */
export interface Done {
  what: 'W' | 'T' | 'S' | 'N' | 'U';
  name: string;
  at: number;
  data: Buffer;
}

/** The unit in which a disk keeps or loses unflushed data, in bytes. */
const sectorBytes = 512;
const headBytes = 80;

/** All operations in the folder, in order. */
export function recordIn(path: string): Done[] {
  const bytes = readFileSync(path);
  const record: Done[] = [];
  for (let from = 0; from + headBytes <= bytes.length; ) {
    const length = Number(bytes.readBigUInt64LE(from + 72));
    const name = bytes.toString('utf8', from + 1, from + 64).replace(/\0.*$/s, '');
    record.push({
      what: String.fromCharCode(bytes[from] ?? 0) as Done['what'],
      name,
      at: Number(bytes.readBigUInt64LE(from + 64)),
      data: bytes.subarray(from + headBytes, from + headBytes + length),
    });
    from += headBytes + length;
  }
  return record;
}

/** A file as flushed, and the operations since. */
interface FileOnDisk {
  flushed: Buffer;
  since: Done[];
}

type NameChange = { name: string; file: FileOnDisk } | { from: string; to: string } | { gone: string };

/**
 * A folder on a disk that loses power: flushed data are kept, of the rest any part may be.
 *
 * Names behave as in a journaling file system: renames since the last flush of anything are lost from some point on.
 */
export class RecordedFolder {
  private names = new Map<string, FileOnDisk>();
  private safeNames = new Map<string, FileOnDisk>();
  private changes: NameChange[] = [];

  take(done: Done): void {
    const { what, name } = done;
    if (what === 'S') {
      const file = this.names.get(name);
      if (file) {
        file.flushed = applied(file.flushed, file.since);
        file.since = [];
      }
      this.safeNames = new Map(this.names);
      this.changes = [];
    } else if (what === 'N') this.change({ from: name, to: done.data.toString() });
    else if (what === 'U') this.change({ gone: name });
    else {
      if (!this.names.has(name)) this.change({ name, file: { flushed: Buffer.alloc(0), since: [] } });
      this.names.get(name)?.since.push(done);
    }
  }

  /** The possible files after a power cut now. */
  cut(dice: Dice): Map<string, Buffer> {
    const names = new Map(this.safeNames);
    for (const change of this.changes.slice(0, dice.int(0, this.changes.length))) apply(names, change);
    const keptPercent = dice.pick([0, 10, 50, 50, 90, 100]);
    return new Map(
      [...names].map(([name, { flushed, since }]) => [name, applied(flushed, since, { dice, keptPercent })]),
    );
  }

  private change(change: NameChange): void {
    apply(this.names, change);
    this.changes.push(change);
  }
}

function apply(names: Map<string, FileOnDisk>, change: NameChange): void {
  if ('gone' in change) names.delete(change.gone);
  else if ('file' in change) names.set(change.name, change.file);
  else {
    const file = names.get(change.from);
    names.delete(change.from);
    if (file) names.set(change.to, file);
  }
}

/** The bytes of a file after its operations; with a probability, each sector is applied only with that probability. */
function applied(
  before: Buffer,
  since: readonly Done[],
  chance?: { dice: Dice; keptPercent: number },
): Buffer {
  const isKept = () => !chance || chance.dice.chance(chance.keptPercent);
  const most = Math.max(before.length, ...since.map(({ at, data }) => at + data.length));
  const bytes = Buffer.alloc(most);
  before.copy(bytes);
  let { length } = before;
  for (const { what, at, data } of since) {
    if (what === 'T') {
      if (!isKept()) continue;
      if (at < length) bytes.fill(0, at, length);
      length = at;
    } else
      for (let from = 0; from < data.length; ) {
        const to = Math.min(data.length, from + sectorBytes - ((at + from) % sectorBytes));
        if (isKept()) {
          data.copy(bytes, at + from, from, to);
          length = Math.max(length, at + to);
        }
        from = to;
      }
  }
  return bytes.subarray(0, length);
}
