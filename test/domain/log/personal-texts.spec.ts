import { expect, test } from '@jest/globals';
import {
  type PersonalTexts,
  personalMembersOf,
  withOpenedTexts,
  withSealedTexts,
} from '../../../domain/log/personal-texts.js';
import type { EntryMetadata } from '../../../domain/project/events.js';
import { facts } from '../../../domain/project/facts/facts.js';

const members = personalMembersOf(facts);
const id = '019a4c1e-0000-7000-8000-0000000000e1';
const li = 'li';

/** Texts in base64url, with what they are bound to; only those of Li are sealed. */
const texts: PersonalTexts = {
  seal: (by, about, text) =>
    by === li
      ? { key: by, nonce: 'nonce', text: Buffer.from(JSON.stringify([about, text])).toString('base64url') }
      : undefined,
  open(about, { text }) {
    const [bound, opened] = JSON.parse(Buffer.from(text, 'base64url').toString());
    return JSON.stringify(bound) === JSON.stringify(about) ? { text: opened } : 'sealed';
  },
};
const erased: PersonalTexts = { ...texts, open: () => 'erased' };
const entry: EntryMetadata = {
  asOf: '2018-07-10',
  precision: 'day',
  source: { kind: 'inspection', note: 'Wet floor.' },
};
const forecast: Parameters<typeof withSealedTexts>[0] = {
  id,
  type: 'ForecastGiven',
  by: li,
  entry: {
    ...entry,
    onBehalfOf: 'Wang the builder',
    attachments: [{ sha256: 'a'.repeat(64), name: 'Wang at work.jpg', type: 'image/jpeg', bytes: 1 }],
  },
  data: { target: 'completion', latest: '2019-01-01', reason: { en: 'Illness in the family.' } },
};

test('remark, name, file name and reason of a person leave no trace in the stored event', () => {
  const stored = withSealedTexts(forecast, members, texts);
  expect(JSON.stringify(stored)).not.toMatch(/Wet floor|Wang|Illness/);
  expect(Object.keys(stored.entry.sealed ?? {}).sort()).toEqual([
    'attachments.0.name',
    'data.reason',
    'onBehalfOf',
    'source.note',
  ]);
  expect(stored.data).toEqual({ target: 'completion', latest: '2019-01-01' });
});

test('opened, it is the same event with its members in the stored order', () => {
  const stored = withSealedTexts(forecast, members, texts);
  const { entry: opened, data } = withOpenedTexts(stored, members, texts);
  expect({ ...forecast, entry: opened, data }).toEqual(forecast);
  expect(Object.keys(data)).toEqual(['latest', 'reason', 'target']);
  expect(opened).not.toHaveProperty('sealed');
});

test('after an erasure it says so, in the language of a text or in both', () => {
  const { entry: opened, data } = withOpenedTexts(withSealedTexts(forecast, members, texts), members, erased);
  expect(opened.source).toEqual({ kind: 'inspection', note: '[erased] [已删除]' });
  expect(opened.onBehalfOf).toBe('[erased] [已删除]');
  expect(data).toHaveProperty('reason', { en: '[erased]', zh: '[已删除]' });
  expect(opened.attachments?.[0]).toMatchObject({ sha256: 'a'.repeat(64), name: '[erased] [已删除]' });
});

test('a text that was moved to another event or member does not open', () => {
  const stored = withSealedTexts(forecast, members, texts);
  const elsewhere = withOpenedTexts({ ...stored, id: 'another' }, members, texts);
  expect(elsewhere.data).toHaveProperty('reason', {
    en: '[sealed, no key here]',
    zh: '[已加密，此处无密钥]',
  });
});

test('an event of somebody who does not sign in, and one without texts, are stored as they are', () => {
  const stated = { ...forecast, by: 'wang.gong' };
  expect(withSealedTexts(stated, members, texts)).toBe(stated);
  const bare = {
    ...forecast,
    entry: { ...entry, source: { kind: 'inspection' } as const },
    type: 'StageEntered',
    data: { stage: 'built' },
  };
  expect(withSealedTexts(bare, members, texts)).toBe(bare);
});

test('reasons of withdrawals and silences, and what is said of an alert, are personal', () => {
  expect(members).toMatchObject({
    EntryWithdrawn: { reason: 'text' },
    AlertAcknowledged: { name: 'text', note: 'text' },
    AlertSilenced: { reason: 'text' },
    ForecastGiven: { reason: 'text-by-language' },
  });
});
