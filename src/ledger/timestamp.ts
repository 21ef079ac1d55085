import { hash } from 'node:crypto';
import type { Words } from '../../domain/values/text.js';
import { Malformed } from './malformed.js';
import type { Note, NoteSignature } from './note.js';

/** A statement of a time-stamping authority (RFC 3161) that a text existed at that time. Its signature is not verified. */
export interface Timestamp {
  /** SHA-256 of the text. */
  imprint: Buffer;
  /** When it was stamped, UTC, to the second. */
  at: string;
}

/** A time stamp in a note, and the name that it was given. */
export interface Anchor extends Timestamp {
  name: string;
  /** The response of the authority (RFC 3161, 2.4.2), in DER. */
  response: Buffer;
}

const subject: Words = { en: 'Time stamp', zh: '时间戳' };
/** Signature type of C2SP signed-note for what has no number of its own, and what it is. */
const otherType = 0xff;
const anchorType = 'RFC 3161 time stamp';
const mostResponseBytes = 65_536;

const tags = { integer: 0x02, octets: 0x04, oid: 0x06, time: 0x18, sequence: 0x30, first: 0xa0 } as const;
const sha256Oid = '608648016503040201';
const signedDataOid = '2a864886f70d010702';
const timestampOid = '2a864886f70d0109100104';

/**
 * The request for a time stamp of a text (RFC 3161, 2.4.1), in DER: its SHA-256, with the certificate of the authority in
 * the response.
 */
export function timestampRequest(text: string): Buffer {
  const algorithm = der(tags.sequence, der(tags.oid, Buffer.from(sha256Oid, 'hex')), Buffer.of(0x05, 0));
  const imprint = der(tags.sequence, algorithm, der(tags.octets, hash('sha256', text, 'buffer')));
  return der(tags.sequence, Buffer.of(tags.integer, 1, 1), imprint, Buffer.of(0x01, 1, 0xff));
}

/** Reads the response to such a request. @throws Malformed it is none, it was refused, or it has another digest */
export function readTimestamp(response: Buffer): Timestamp {
  const info = contentOf(response);
  // version, policy, imprint, serial number, time
  const [, , imprint, , time] = partsOf(info);
  const [algorithm, digest] = partsOf(part(imprint, tags.sequence));
  const [oid] = partsOf(part(algorithm, tags.sequence));
  if (part(oid, tags.oid).toString('hex') !== sha256Oid || digest?.body.length !== 32)
    throw malformed({ en: 'another digest', zh: '其他摘要算法' });
  return { imprint: part(digest, tags.octets), at: instantOf(part(time, tags.time).toString('latin1')) };
}

/** A time stamp as a line of signature under the checkpoint whose text it is of; readers that do not know it ignore it. */
export function anchorLine(name: string, response: Buffer): NoteSignature {
  return { name, keyId: keyIdOf(name), bytes: response };
}

/** The time stamps in a note that are of its text. */
export function anchorsIn({ text, signatures }: Note): Anchor[] {
  const ours = signatures.filter(({ name, keyId }) => keyId === keyIdOf(name));
  return ours.flatMap(({ name, bytes }) => {
    const { imprint, at } = readTimestamp(bytes);
    return isOf(text, imprint) ? [{ name, response: bytes, imprint, at }] : [];
  });
}

/** True if a time stamp is of a text. */
export function isOf(text: string, imprint: Buffer): boolean {
  return hash('sha256', text, 'buffer').equals(imprint);
}

function keyIdOf(name: string): string {
  const bytes = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(otherType), Buffer.from(anchorType)]);
  return hash('sha256', bytes, 'hex').slice(0, 8);
}

/** What the authority signed: TSTInfo (RFC 3161, 2.4.2) in SignedData (RFC 5652, 5.1). */
function contentOf(response: Buffer): Buffer {
  if (response.length > mostResponseBytes)
    throw malformed({ en: `${response.length} bytes`, zh: `${response.length} 字节` });
  const [whole] = partsOf(response);
  const [status, token] = partsOf(part(whole, tags.sequence));
  const [state] = partsOf(part(status, tags.sequence));
  const granted = part(state, tags.integer).readUInt8(0);
  if (granted > 1 || !token)
    throw malformed({ en: `a refusal (status ${granted})`, zh: `被拒绝（状态 ${granted}）` });
  const [oid, content] = partsOf(part(token, tags.sequence));
  if (part(oid, tags.oid).toString('hex') !== signedDataOid) throw malformed(otherContent);
  const [signed] = partsOf(part(content, tags.first));
  const [, , encapsulated] = partsOf(part(signed, tags.sequence));
  const [type, wrapped] = partsOf(part(encapsulated, tags.sequence));
  if (part(type, tags.oid).toString('hex') !== timestampOid) throw malformed(otherContent);
  const [octets] = partsOf(part(wrapped, tags.first));
  const [info] = partsOf(part(octets, tags.octets));
  return part(info, tags.sequence);
}

const otherContent: Words = { en: 'another content', zh: '其他内容' };

interface Part {
  tag: number;
  body: Buffer;
}

/** The parts of bytes in DER, one after the other. */
function partsOf(bytes: Buffer): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [tag = 0, first = 0] = bytes.subarray(at, at + 2);
    const more = first > 0x80 ? first - 0x80 : 0;
    if (first === 0x80 || more > 4 || at + 2 + more > bytes.length) throw malformed(cut);
    const length = more > 0 ? bytes.readUIntBE(at + 2, more) : first;
    const from = at + 2 + more;
    if (from + length > bytes.length) throw malformed(cut);
    parts.push({ tag, body: bytes.subarray(from, from + length) });
    at = from + length;
  }
  return parts;
}

const cut: Words = { en: 'bytes that are not DER, or cut short', zh: '不是 DER 或被截断的字节' };

function part(one: Part | undefined, tag: number): Buffer {
  if (one?.tag === tag && one.body.length > 0) return one.body;
  throw malformed(otherContent);
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag, body.length), body]);
}

/** A GeneralizedTime such as 20180710010203Z, perhaps with a fraction. */
function instantOf(time: string): string {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/.exec(time) ?? [];
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`);
  if (Number.isNaN(at.getTime())) throw malformed({ en: `the time ${time}`, zh: `时间 ${time}` });
  return at.toISOString();
}

function malformed(seen: Words): Malformed {
  return new Malformed(subject, seen, {
    en: 'a granted response of RFC 3161 in DER, of SHA-256',
    zh: 'RFC 3161 的已签发响应（DER，SHA-256）',
  });
}
