import { refusals, WorkbookRefused, workbookLimits } from './refused.js';

/** A part of a zip file. */
interface Entry {
  /** 0: as it is; 8: deflated. */
  method: number;
  packed: number;
  size: number;
  offset: number;
}

const signatures = { end: 0x06054b50, entry: 0x02014b50, local: 0x04034b50 };
const isEncrypted = 1;
/** Longest comment behind the end record. */
const longestComment = 0xffff;

/** The parts of a zip file, read on demand. */
export class Zip {
  private readonly entries = new Map<string, Entry>();
  private readonly view: DataView;

  /** @throws WorkbookRefused it is no whole zip file, or an encrypted one */
  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const end = this.endRecord();
    let at = this.view.getUint32(end + 16, true);
    for (let left = this.view.getUint16(end + 10, true); left > 0; left -= 1) at = this.addEntry(at);
  }

  get names(): string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /**
   * The text of a part.
   *
   * @throws WorkbookRefused there is none of this name, it is damaged, or it unpacks to more than its limit
   */
  async text(name: string): Promise<string> {
    const entry = this.entries.get(name);
    if (!entry) throw new WorkbookRefused(refusals.damaged);
    if (entry.size > workbookLimits.part) throw new WorkbookRefused(refusals.unpacked);
    const start = this.start(entry);
    const packed = this.bytes.subarray(start, start + entry.packed);
    if (packed.length < entry.packed) throw new WorkbookRefused(refusals.damaged);
    const whole = entry.method === 0 ? packed : await inflated(packed);
    return new TextDecoder().decode(whole);
  }

  private endRecord(): number {
    const { length } = this.bytes;
    for (let at = length - 22; at >= 0 && at >= length - 22 - longestComment; at -= 1)
      if (this.view.getUint32(at, true) === signatures.end) return at;
    throw new WorkbookRefused(refusals.damaged);
  }

  private addEntry(at: number): number {
    const { view } = this;
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== signatures.entry)
      throw new WorkbookRefused(refusals.damaged);
    if (view.getUint16(at + 8, true) & isEncrypted) throw new WorkbookRefused(refusals.encrypted);
    const method = view.getUint16(at + 10, true);
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(this.bytes.subarray(at + 46, at + 46 + nameLength));
    if (method !== 0 && method !== 8) throw new WorkbookRefused(refusals.damaged);
    this.entries.set(name.replaceAll('\\', '/'), {
      method,
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    return at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }

  /** The first byte of a part, behind its own header. */
  private start({ offset }: Entry): number {
    const { view } = this;
    if (offset + 30 > view.byteLength || view.getUint32(offset, true) !== signatures.local)
      throw new WorkbookRefused(refusals.damaged);
    return offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  }
}

/** Unpacks up to the limit of a part, whatever size the file declares. */
async function inflated(packed: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(packed)])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'));
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > workbookLimits.part) throw new WorkbookRefused(refusals.unpacked);
      parts.push(value);
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    throw error instanceof WorkbookRefused ? error : new WorkbookRefused(refusals.damaged);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
