import { CommandRejected } from '../../values/rejections.js';
import { joined, type Words } from '../../values/words.js';
import { fact } from './fact.js';
import type { Choices } from './members.js';
import { moneyFlags, requireStated, type StatedMoney, statedMoney, statedWords } from './stated-money.js';

/** The kinds of money beside money invested. */
export const moneyKindWords = {
  paid: { en: 'paid out', zh: '支付' },
  funds: { en: 'funds in place', zh: '到位资金' },
  contract: { en: 'contract value', zh: '合同金额' },
  'change-order': { en: 'change order', zh: '变更金额' },
  estimate: { en: 'estimate', zh: '概算' },
  budget: { en: 'budget', zh: '预算' },
  approved: { en: 'approved amount', zh: '批复金额' },
} as const satisfies Choices;
export type MoneyKind = keyof typeof moneyKindWords;

/** The sources of funds in place. */
const fundWords = {
  budget: { en: 'public budget', zh: '财政资金' },
  bond: { en: 'bond', zh: '债券' },
  loan: { en: 'loan', zh: '贷款' },
  own: { en: 'own funds', zh: '自筹' },
  other: { en: 'other source', zh: '其他来源' },
} as const satisfies Choices;
export type FundSource = keyof typeof fundWords;

const effectWords = {
  increase: { en: 'adds', zh: '增加' },
  decrease: { en: 'reduces', zh: '减少' },
} as const satisfies Choices;
export type ChangeEffect = keyof typeof effectWords;

/** Stated by an inspector, an accountant or a report: money of another kind than invested. */
export interface MoneyReported extends StatedMoney {
  kind: MoneyKind;
  /** Of funds in place; all sources together when absent. */
  source?: FundSource;
  /** The number of a contract or change order; all of them together when absent. */
  reference?: string;
  /** Of a change order; it adds to the contract when absent. */
  effect?: ChangeEffect;
}

const { item, span, ...money } = statedMoney;

export const moneyReported = fact<MoneyReported>({
  schema: 1,
  name: { en: 'money reported', zh: '资金与合同' },
  about:
    'Money paid out, funds in place, a contract or change order, an estimate, a budget or an approved amount.',
  shape: {
    kind: {
      kind: 'choice',
      choices: moneyKindWords,
      about: 'What kind of money.',
      label: { en: 'Kind', zh: '类别' },
    },
    ...money,
    span: { ...span, isOptional: true, otherwise: 'since-start' },
    // The source of an entry says who knows it; this one says who pays.
    fundsFrom: {
      kind: 'choice',
      choices: fundWords,
      storedAs: 'source',
      about: 'Where funds in place come from; all sources together when absent.',
      label: { en: 'Source of funds', zh: '资金来源' },
      isOptional: true,
    },
    reference: {
      kind: 'text',
      most: 80,
      about: 'The number of the contract or change order; all of them together when absent.',
      label: { en: 'Number of the contract', zh: '合同或变更编号' },
      isOptional: true,
    },
    effect: {
      kind: 'choice',
      choices: effectWords,
      about: 'Whether a change order adds to the contract or reduces it; it adds when absent.',
      label: { en: 'Change order', zh: '变更增减' },
      isOptional: true,
    },
    item,
  },
  typed: {
    byChoice: 'kind',
    gives: 'amount',
    flags: moneyFlags,
    otherwise: { span: 'since-start' },
  },
  subject: ({ kind, source, reference, effect, span, amount, item, period }) => [
    `money ${kind}`,
    ...[source, reference, effect, span, amount?.currency, item, period],
  ],
  refuse(stated, known) {
    requireStated(stated, known);
    const { kind, source: fundsFrom, reference, effect } = stated;
    for (const [member, value] of Object.entries({ fundsFrom, reference, effect }))
      if (value !== undefined) requireKind(kind, member as keyof typeof kindsWith);
  },
  words: ({ kind, source, reference, effect, ...stated }, asOf, speaker) =>
    statedWords(stated, moneyKindWords[kind], {
      asOf,
      speaker,
      details: detailsOf({ source, reference, effect }),
    }),
});

/** What tells apart two figures of one kind, in words; undefined for the kind as a whole. */
export function detailsOf({
  source,
  reference,
  effect,
}: Pick<MoneyReported, 'source' | 'reference' | 'effect'>): Words | undefined {
  const parts = [
    ...(source ? [fundWords[source]] : []),
    ...(reference ? [{ en: `no. ${reference}`, zh: `编号 ${reference}` }] : []),
    ...(effect ? [effectWords[effect]] : []),
  ];
  return parts.length === 0 ? undefined : joined(parts, { en: ', ', zh: '，' });
}

/** The kinds that a caller may give a member with; every kind has the others. */
const kindsWith = {
  fundsFrom: ['funds'],
  reference: ['contract', 'change-order'],
  effect: ['change-order'],
} as const satisfies Record<string, readonly MoneyKind[]>;

/** True if a kind of money has the member. */
export function isMemberOf(member: string, kind: string): boolean {
  const kinds: Readonly<Record<string, readonly string[]>> = kindsWith;
  return kinds[member]?.includes(kind) ?? true;
}

function requireKind(kind: MoneyKind, member: keyof typeof kindsWith): void {
  if (isMemberOf(member, kind)) return;
  const kinds = kindsWith[member];
  throw new CommandRejected('money-unclear', {
    member,
    seen: { en: `${member} with the kind "${kind}"`, zh: `类别“${kind}”带有 ${member}` },
    expected: {
      en: `${member} only with ${kinds.join(' or ')}`,
      zh: `只有 ${kinds.join('、')} 才带 ${member}`,
    },
  });
}
