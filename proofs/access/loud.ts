// A service that shows what it was configured with, as a debugging line that somebody forgot.
import { readFileSync } from 'node:fs';

console.error(`mail server: ${readFileSync(process.env.TOPOUT_SMTP_URL_FILE ?? '', 'utf8')}`);
