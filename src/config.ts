import { type Day, defaultTimeZone, isDay, isTimeZone } from './domain/calendar.js';

/** What an installation chooses, read from the environment once. */
export interface Config {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** The folder of the store and its views. */
  dataPath: string;
  /** The time zone in which the business day of the installation begins. */
  timeZone: string;
  /** A fixed business day, before the one that the data folder brings. */
  today?: Day;
  /** The real business day, whatever the data folder brings. */
  usesRealDay: boolean;
  /** Load the example district when the store is empty. */
  loadsExample: boolean;
}

/** The environment says something that cannot be meant. */
export class ConfigInvalid extends Error {
  constructor(name: string, seen: string, expected: string) {
    super(`${name} is "${seen}"; expected ${expected}.`);
  }
}

/**
 * Reads the configuration from environment variables.
 *
 * @throws ConfigInvalid a variable has a value that cannot be meant
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const port = env.PORT || '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535)
    throw new ConfigInvalid('PORT', port, 'a port from 0 to 65535');
  const timeZone = env.TOPOUT_TIME_ZONE || defaultTimeZone;
  if (!isTimeZone(timeZone))
    throw new ConfigInvalid('TOPOUT_TIME_ZONE', timeZone, 'an IANA name such as Asia/Shanghai');
  const usesRealDay = env.TOPOUT_TODAY === 'real';
  const today = usesRealDay ? undefined : env.TOPOUT_TODAY || undefined;
  if (today !== undefined && !isDay(today)) {
    throw new ConfigInvalid('TOPOUT_TODAY', today, 'a day as YYYY-MM-DD, or "real" for the real one');
  }
  const example = env.TOPOUT_EXAMPLE || 'on';
  if (example !== 'on' && example !== 'off')
    throw new ConfigInvalid('TOPOUT_EXAMPLE', example, '"on" or "off"');
  return {
    host: env.HOST || '127.0.0.1',
    port: Number(port),
    dataPath: env.TOPOUT_DATA || 'data',
    timeZone,
    today,
    usesRealDay,
    loadsExample: example === 'on',
  };
}

/** What a person types to call `topout`: in a clone it runs as a script of npm. */
export function calledAs(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return env.npm_lifecycle_event === 'topout' ? 'npm run -s topout --' : 'topout';
}
