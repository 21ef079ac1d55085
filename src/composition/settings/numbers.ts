import { usualCacheMiB } from '../../app/cache-limits.js';
import { ConfigInvalid } from './config-invalid.js';
import type { Environment } from './environment.js';

/** With less, requests would fold nearly every project again. */
const leastCacheMiB = 16;

/** How long the log of reads is kept unless a setting says otherwise, in days. */
export const usualReadsKeptDays = 400;

export function keptFreeIn(env: Environment): number {
  const text = env.TOPOUT_KEEP_FREE || '64';
  if (!/^\d{1,7}$/.test(text))
    throw new ConfigInvalid('TOPOUT_KEEP_FREE', text, 'a whole number of MiB, or 0 to keep nothing free');
  return Number(text) * 1024 * 1024;
}

export function cacheIn(env: Environment): number {
  const text = env.TOPOUT_CACHE || String(usualCacheMiB);
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (value < leastCacheMiB)
    throw new ConfigInvalid('TOPOUT_CACHE', text, `a whole number of MiB, ${leastCacheMiB} or more`);
  return value;
}

export function settlingIn(env: Environment): number {
  const text = env.TOPOUT_SETTLING_TIME || '120';
  if (!/^\d{1,4}$/.test(text) || Number(text) > 3_600)
    throw new ConfigInvalid('TOPOUT_SETTLING_TIME', text, 'seconds from 0 to 3600; 0 sends immediately');
  return Number(text) * 1_000;
}

export function portIn(env: Environment): number {
  const port = env.PORT || '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535)
    throw new ConfigInvalid('PORT', port, 'a port from 0 to 65535');
  return Number(port);
}

export function readsKeptIn(env: Environment): number {
  const text = env.TOPOUT_READS_KEPT || String(usualReadsKeptDays);
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new ConfigInvalid('TOPOUT_READS_KEPT', text, 'a whole number of days from 1 to 9999');
  return Number(text);
}
