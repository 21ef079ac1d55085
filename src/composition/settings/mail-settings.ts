import { senderOf } from '../../channels/email-address.js';
import { MailServerInvalid, mailServerOf } from '../../channels/email-server.js';
import { ConfigInvalid } from './config-invalid.js';
import type { Environment } from './environment.js';
import { secretOf } from './secret-file.js';

export function smtpUrlIn(env: Environment): string | undefined {
  const smtpUrl = secretOf(env, 'TOPOUT_SMTP_URL');
  try {
    if (smtpUrl !== undefined) mailServerOf(smtpUrl);
  } catch (error) {
    if (!(error instanceof MailServerInvalid)) throw error;
    // The value may hold a password, so it is not shown.
    const expected = 'smtp:// or smtps:// and a host, such as smtp://user:password@mail.example.org:587';
    throw new ConfigInvalid('TOPOUT_SMTP_URL', '(not shown)', expected, error.seen);
  }
  return smtpUrl;
}

export function mailFromIn(env: Environment): string {
  const mailFrom = env.TOPOUT_MAIL_FROM || 'topout@localhost';
  try {
    senderOf(mailFrom);
  } catch {
    throw new ConfigInvalid('TOPOUT_MAIL_FROM', mailFrom, 'one address such as topout@example.org');
  }
  return mailFrom;
}
