import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** Random bytes for 256 ids per call: single calls took longer than deciding a command. */
const random = new Uint8Array(4096);
let used = random.length;

let lastMs = 0;
let count = 0;

/** A new UUID (version 7) at an instant in milliseconds, greater than all before it. */
export function newIdAt(nowMs: number): string {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  const bytes = random.subarray(used, used + 16);
  used += 16;
  if (nowMs > lastMs) {
    lastMs = nowMs;
    // Half of the range is left as room for the counter.
    count = new DataView(bytes.buffer, bytes.byteOffset).getUint32(6) >>> 1;
  } else count += 1;
  return v7({ random: bytes, msecs: lastMs, seq: count });
}
