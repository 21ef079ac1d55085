import { describe, expect, test } from '@jest/globals';
import { ConfigInvalid, calledAs, readConfig } from '../src/config.js';

const defaults = {
  host: '127.0.0.1',
  port: 3000,
  dataPath: 'data',
  timeZone: 'Asia/Shanghai',
  today: undefined,
  usesRealDay: false,
  loadsExample: true,
};

describe('The configuration', () => {
  test('has a default for everything, also where a variable is empty', () => {
    expect(readConfig({})).toEqual(defaults);
    const empty = {
      PORT: '',
      HOST: '',
      TOPOUT_DATA: '',
      TOPOUT_TIME_ZONE: '',
      TOPOUT_TODAY: '',
      TOPOUT_EXAMPLE: '',
    };
    expect(readConfig(empty)).toEqual(defaults);
  });

  test('takes what the environment says', () => {
    const env = {
      PORT: '0',
      HOST: '::1',
      TOPOUT_DATA: '/srv/topout',
      TOPOUT_TIME_ZONE: 'Europe/Berlin',
      TOPOUT_TODAY: '2018-07-10',
      TOPOUT_EXAMPLE: 'off',
    };
    expect(readConfig(env)).toEqual({
      host: '::1',
      port: 0,
      dataPath: '/srv/topout',
      timeZone: 'Europe/Berlin',
      today: '2018-07-10',
      usesRealDay: false,
      loadsExample: false,
    });
    expect(readConfig({ TOPOUT_TODAY: 'real' })).toEqual({ ...defaults, usesRealDay: true });
  });

  const wrong: [string, string, string][] = [
    ['PORT', '65536', 'a port from 0 to 65535'],
    ['PORT', '-1', 'a port from 0 to 65535'],
    ['PORT', '3e3', 'a port from 0 to 65535'],
    ['PORT', ' 3000', 'a port from 0 to 65535'],
    ['TOPOUT_TIME_ZONE', 'Shanghai', 'an IANA name such as Asia/Shanghai'],
    ['TOPOUT_TIME_ZONE', '+08:00', 'an IANA name such as Asia/Shanghai'],
    ['TOPOUT_TODAY', '2018-02-30', 'a day as YYYY-MM-DD, or "real" for the real one'],
    ['TOPOUT_TODAY', 'today', 'a day as YYYY-MM-DD, or "real" for the real one'],
    ['TOPOUT_EXAMPLE', 'no', '"on" or "off"'],
  ];
  test.each(wrong)('refuses %s=%s in one sentence', (name, value, expected) => {
    const read = () => readConfig({ [name]: value });
    expect(read).toThrow(ConfigInvalid);
    expect(read).toThrow(`${name} is "${value}"; expected ${expected}.`);
  });

  test('knows what a person types in a clone, and elsewhere', () => {
    expect(calledAs({ npm_lifecycle_event: 'topout' })).toBe('npm run -s topout --');
    expect(calledAs({})).toBe('topout');
  });
});
