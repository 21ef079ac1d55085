import type { Words } from '../../domain/values/text.js';

/** What a verification found, and the exit code of every verifier; of several faults the first one found. */
export const verdicts = {
  ok: 0,
  'content-changed': 10,
  'link-broken': 11,
  missing: 12,
  'root-mismatch': 13,
  'signature-invalid': 14,
  'not-append-only': 15,
  'structure-damaged': 16,
  unreadable: 17,
  'split-view': 18,
} as const;

export type Verdict = keyof typeof verdicts;

export const verdictWords: Readonly<Record<Verdict, Words>> = {
  ok: { en: 'verified: nothing was changed', zh: '核验通过：没有任何改动' },
  'content-changed': { en: 'the content of an entry was changed', zh: '某条记录的内容被改动' },
  'link-broken': {
    en: 'an entry does not follow the one before it',
    zh: '某条记录与前一条不衔接',
  },
  missing: { en: 'something is missing', zh: '缺少内容' },
  'root-mismatch': {
    en: 'an entry is not in the tree that was signed',
    zh: '某条记录不在已签名的树中',
  },
  'signature-invalid': {
    en: 'the checkpoint is not signed as expected',
    zh: '检查点的签名不符合要求',
  },
  'not-append-only': {
    en: 'the log does not continue an earlier checkpoint',
    zh: '日志不是早先检查点的延续',
  },
  'structure-damaged': { en: 'the structure is damaged', zh: '结构已损坏' },
  unreadable: { en: 'it cannot be read', zh: '无法读取' },
  'split-view': { en: 'the log is shown in two versions', zh: '日志出现两个版本' },
};
