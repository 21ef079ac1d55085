import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readSettings, SettingsDamaged, writeSettings } from '../../src/app/settings.js';
import { temporaryFolder } from '../support/event-store-ports.js';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

test('settings are read as they were written, and nothing else is left in the folder', () => {
  expect(readSettings(folder.path)).toEqual({});
  writeSettings(folder.path, { today: '2018-07-10', example: 'loading' });
  writeSettings(folder.path, { today: '2018-07-10', example: 'loaded' });
  expect(readSettings(folder.path)).toEqual({ today: '2018-07-10', example: 'loaded' });
  expect(readdirSync(folder.path)).toEqual(['settings.json']);
});

test('what a cut off writing left behind does not count', () => {
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
])('settings that say %s are damaged, and it is said what to do', (text) => {
  writeFileSync(folder.file('settings.json'), text);
  expect(() => readSettings(folder.path)).toThrow(SettingsDamaged);
  expect(() => readSettings(folder.path)).toThrow(/put the file back, or remove it/);
});
