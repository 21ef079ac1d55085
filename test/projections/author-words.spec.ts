import { expect, test } from '@jest/globals';
import { authorWords, namesById } from '../../projections/words/author-words.js';

const ann = '0199a2b4-0000-7000-8000-00000000a001';
const gone = '0199a2b4-0000-7000-8000-00000000a002';
const nameless = '0199a2b4-0000-7000-8000-00000000a003';
const elsewhere = '0199a2b4-0000-7000-8000-00000000a004';
const names = namesById([
  { person: ann, name: '李安' },
  { person: gone, isRemoved: true },
  { person: nameless },
]);
const signedIn = (by: string) => authorWords({ by, verification: 'signed-in' }, names);

test('who signed in is shown by name', () => {
  expect(signedIn(ann)).toEqual({ en: '李安', zh: '李安' });
});

test('an answer to an alert, which says nothing of the sign-in, is shown by name too', () => {
  expect(authorWords({ by: ann }, names).zh).toBe('李安');
});

test('of a removed person only that is left', () => {
  expect(signedIn(gone)).toEqual({ en: 'removed person', zh: '已移除人员' });
});

test('a person without a known name is told apart from others by the end of the id', () => {
  expect([signedIn(nameless).en, signedIn(elsewhere).en]).toEqual(['person 0000a003', 'person 0000a004']);
  expect(authorWords({ by: elsewhere }, names).zh).toBe('人员 0000a004');
});

test('of a person whose name is sealed with other keys that is said', () => {
  const sealed = namesById([{ person: ann, isUnreadable: true }]);
  expect(authorWords({ by: ann }, sealed)).toEqual({
    en: 'person 0000a001 (name unreadable on this replica)',
    zh: '人员 0000a001（此副本无法读取姓名）',
  });
});

test('a name from before is shown as stated once the installation has people', () => {
  expect(authorWords({ by: 'wang.gong' }, names)).toEqual({
    en: 'wang.gong (stated, not signed in)',
    zh: 'wang.gong（自报，未登录）',
  });
  expect(authorWords({ by: 'anonymous' }, names).zh).toBe('未署名（自报，未登录）');
});

test('in an open installation a name is shown as it was stated', () => {
  expect(authorWords({ by: '王工' }, namesById([]))).toEqual({ en: '王工', zh: '王工' });
});

test('the service and the machine are no people', () => {
  expect(authorWords({ by: 'topout' }, names).en).toBe('topout');
  expect(authorWords({ by: 'machine' }, names).zh).toBe('在本机');
});

test('the one for whom an office entered is named beside the author', () => {
  const entered = { by: ann, verification: 'signed-in', onBehalfOf: '华奥建设' } as const;
  expect(authorWords(entered, names)).toEqual({
    en: '李安, on behalf of 华奥建设',
    zh: '李安（代华奥建设填报）',
  });
});
