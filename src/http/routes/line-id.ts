import { hash } from 'node:crypto';
import { isObject } from '../validation/rules.js';

/** The namespace of ids derived from the content of a line (RFC 9562, version 5). */
const namespace = Buffer.from('6f1d2f0e8a435c1b9d573b0c2f6f5a10', 'hex');

/**
 * The id derived from a line's content: a UUID of version 5 of its RFC 8785 form, independent of the order of its
 * members.
 *
 * The line is valid, so its member names sort by their characters and no text contains half a character.
 */
export function idOfContent(line: Record<string, unknown>): string {
  const name = Buffer.from(JSON.stringify(sorted(line)));
  const digest = hash('sha1', Buffer.concat([namespace, name]));
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 0x3) | 0x8).toString(16);
  const [start, version] = [digest.slice(8, 12), `5${digest.slice(13, 16)}`];
  const [sequence, node] = [variant + digest.slice(17, 20), digest.slice(20, 32)];
  return `${digest.slice(0, 8)}-${start}-${version}-${sequence}-${node}`;
}

/** The value with the members of every object in RFC 8785 order, for JSON.stringify. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const inOrder: Record<string, unknown> = {};
  for (const name of Object.keys(value).sort()) inOrder[name] = sorted(value[name]);
  return inOrder;
}
