import type { Outcome } from './channel.js';

/** What nodemailer reports about a failed attempt. */
interface SmtpError {
  code?: unknown;
  responseCode?: unknown;
  response?: unknown;
  command?: unknown;
}

const network: ReadonlyMap<unknown, string> = new Map([
  ['EABORT', 'no end of the attempt in time; whether the mail server took the mail is not known'],
  ['ETIMEDOUT', 'the mail server did not answer in time'],
  ['EDNS', 'the name of the mail server cannot be resolved'],
  ['ETLS', 'no TLS with the mail server'],
  ['ESOCKET', 'the connection to the mail server failed'],
  ['ECONNECTION', 'the mail server closed the connection before it had taken the mail for certain'],
  ['EPROTOCOL', 'the mail server does not answer as SMTP does'],
  ['EAUTH', 'the mail server did not take the user and password'],
]);

/**
 * The outcome of a failed attempt: `gone` if the mailbox does not exist, `refused` if this mail can never be accepted,
 * `failed` for everything that may succeed later, including an unknown outcome.
 *
 * Only the codes of the server are passed on: its text may repeat the address or the password.
 */
export function outcomeOf(error: unknown): Outcome {
  const { code, responseCode, response, command } = (error ?? {}) as SmtpError;
  if (typeof responseCode !== 'number')
    return code === 'EENVELOPE' || code === 'EMESSAGE'
      ? { kind: 'refused', why: 'the mail cannot be addressed' }
      : { kind: 'failed', why: network.get(code) ?? 'the mail was not handed over' };
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(String(response))?.[1] ?? '';
  const step = typeof command === 'string' && /^[A-Z][A-Z ]{0,20}/.exec(command)?.[0].trim();
  const answer = `the mail server answered ${[responseCode, enhanced].filter(Boolean).join(' ')}${step ? ` to ${step}` : ''}`;
  const isOfTheMail = command === 'RCPT TO' || command === 'DATA';
  const [kind, meaning] = isOfTheMail
    ? mailOutcome(responseCode, enhanced, command)
    : ['failed' as const, ''];
  return { kind, status: responseCode, why: meaning ? `${answer}: ${meaning}` : answer };
}

/** A reply about the recipient or the content; codes of RFC 5321 (4.2) and RFC 3463. */
function mailOutcome(
  status: number,
  enhanced: string,
  command: string,
): ['failed' | 'gone' | 'refused', string] {
  if (status < 500 || status === 503) return ['failed', ''];
  // A full mailbox, a sender or a relay problem is temporary or mended by the administrator.
  if (enhanced === '5.2.2') return ['failed', 'the mailbox is full'];
  if (/^5\.1\.[78]$/.test(enhanced)) return ['failed', 'it does not take this sender'];
  if (/^5\.1\./.test(enhanced)) return ['gone', 'no such mailbox'];
  if (/^5\.7\./.test(enhanced)) return ['refused', 'its policy forbids this mail'];
  if (command === 'RCPT TO' && [550, 551, 553].includes(status)) return ['gone', 'no such mailbox'];
  return ['refused', 'it never takes this mail'];
}
