import { domainToASCII } from 'node:url';
import { plain } from './email-plain.js';

/** A parsed mail address; the domain in ASCII. */
export interface Mailbox {
  address: string;
  domain: string;
}

const local = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
// Checked before the conversion to ASCII, which also drops line breaks and decodes percent signs.
const domainText = /^[\p{L}\p{M}\p{N}.-]+$/u;
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The mailbox in a text: one bare address, no list, no display name, no quoted part, no IP address; at most 64 bytes
 * before the `@` and 254 in total (RFC 5321, 4.5.3.1). Undefined if there is none.
 */
export function mailboxOf(text: string): Mailbox | undefined {
  const mailbox = anyMailboxOf(text);
  return mailbox?.domain.includes('.') ? mailbox : undefined;
}

/**
 * The sender: `topout@example.org`, with a name `Topout <topout@example.org>`, or on this machine only,
 * `topout@localhost`.
 *
 * @throws Error when it is none of them
 */
export function senderOf(from: string): Mailbox & { name: string } {
  const named = /^(?<name>[^<>]*)<(?<address>[^<>]+)>$/.exec(from.trim())?.groups;
  const mailbox = anyMailboxOf(named?.address ?? from.trim());
  if (!mailbox)
    throw new Error(
      `The sender of mails is ${JSON.stringify(plain(from, 100))}; expected an address such as topout@example.org or Topout <topout@example.org>.`,
    );
  return { ...mailbox, name: plain((named?.name ?? '').replaceAll('"', ''), 100) || 'Topout' };
}

/** A mailbox of a domain, or of a host with a single-label name. */
function anyMailboxOf(text: string): Mailbox | undefined {
  const at = text.lastIndexOf('@');
  if (at < 1 || text.length > 254) return undefined;
  const name = text.slice(0, at);
  const place = text.slice(at + 1);
  const domain = domainText.test(place) ? domainToASCII(place) : '';
  const labels = domain.split('.');
  if (!labels.every((part) => label.test(part)) || /^\d+$/.test(labels.at(-1) ?? '')) return undefined;
  const address = `${name}@${domain}`;
  const isShort = Buffer.byteLength(name) <= 64 && Buffer.byteLength(address) <= 254;
  return local.test(name) && isShort ? { address, domain } : undefined;
}
