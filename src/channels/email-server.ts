import { domainToASCII } from 'node:url';

/** The options of nodemailer for the mail server. */
export interface MailServer {
  host: string;
  port: number;
  /** TLS from the first byte. */
  secure: boolean;
  /** STARTTLS is required. */
  requireTLS: boolean;
  /** STARTTLS is not used. */
  ignoreTLS: boolean;
  auth?: { user: string; pass: string };
}

/** The address of a mail server is invalid; the message does not contain the address. */
export class MailServerInvalid extends Error {
  constructor(readonly seen: string) {
    super(
      `The address of the mail server cannot be used: ${seen}; expected one such as smtp://user:password@mail.example.org:587 or smtps://mail.example.org.`,
    );
  }
}

const loopback = new Set(['localhost', '127.0.0.1', '::1']);

/**
 * The mail server at an address: `smtp://` (port 587, STARTTLS if offered, and always before a password is sent) or
 * `smtps://` (port 465, implicit TLS); user and password percent-encoded; `?tls=off` for a relay whose TLS cannot be
 * used.
 *
 * @throws MailServerInvalid without the address, which may hold a password
 */
export function mailServerOf(smtpUrl: string): MailServer {
  const url = URL.parse(smtpUrl);
  const isSecure = url?.protocol === 'smtps:';
  if (!url || (!isSecure && url.protocol !== 'smtp:'))
    throw new MailServerInvalid('it does not begin with smtp:// or smtps://');
  if ((url.pathname !== '' && url.pathname !== '/') || url.hash !== '')
    throw new MailServerInvalid('there is something after the host and the port');
  if (url.search !== '' && url.search !== '?tls=off')
    throw new MailServerInvalid('only tls=off may follow the "?"');
  const [user, pass, name] = [url.username, url.password, url.hostname].map(decoded) as [
    string,
    string,
    string,
  ];
  const host = name.startsWith('[') ? name.slice(1, -1) : domainToASCII(name);
  if (host === '') throw new MailServerInvalid('it names no host');
  if ((user === '') !== (pass === ''))
    throw new MailServerInvalid('it names a user or a password without the other');
  if (url.port === '0') throw new MailServerInvalid('its port is 0');
  const isWithoutTls = url.search !== '';
  if (isWithoutTls && isSecure) throw new MailServerInvalid('smtps:// and tls=off contradict each other');
  if (isWithoutTls && user !== '' && !loopback.has(host))
    throw new MailServerInvalid('tls=off would send the password in the clear');
  return {
    host,
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    secure: isSecure,
    requireTLS: !isSecure && user !== '' && !loopback.has(host),
    ignoreTLS: isWithoutTls,
    ...(user === '' ? {} : { auth: { user, pass } }),
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new MailServerInvalid('a "%" in it is not followed by two hexadecimal digits');
  }
}
