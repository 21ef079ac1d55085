import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readSettings, SettingsDamaged, writeSettings } from '../../src/app/settings.js';
import { temporaryFolder } from '../support/event-store-ports.js';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

test('settings are read as written, and the folder has no other files', () => {
  expect(readSettings(folder.path)).toEqual({});
  writeSettings(folder.path, { today: '2018-07-10', example: 'loading' });
  writeSettings(folder.path, { today: '2018-07-10', example: 'loaded' });
  expect(readSettings(folder.path)).toEqual({ today: '2018-07-10', example: 'loaded' });
  expect(readdirSync(folder.path)).toEqual(['settings.json']);
});

test('the remains of an interrupted write are ignored', () => {
  writeSettings(folder.path, { today: '2018-07-10' });
  writeFileSync(folder.file('settings.json.next'), '{"today":"20');
  expect(readSettings(folder.path)).toEqual({ today: '2018-07-10' });
  writeSettings(folder.path, { today: '2018-07-11' });
  expect(readFileSync(folder.file('settings.json'), 'utf8')).toBe('{"today":"2018-07-11"}\n');
});

test.each([
  '',
  '{',
  'null',
  '[]',
  '7',
  '"2018-07-10"',
  '{"today":"2018-02-30"}',
  '{"today":7}',
  '{"example":"half"}',
  '{"day":1}',
])('settings with %s are damaged, and the message says what to do', (text) => {
  writeFileSync(folder.file('settings.json'), text);
  expect(() => readSettings(folder.path)).toThrow(SettingsDamaged);
  expect(() => readSettings(folder.path)).toThrow(/put the file back, or remove it/);
});
