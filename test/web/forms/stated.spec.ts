import { describe, expect, test } from '@jest/globals';
import { facts } from '../../../domain/project/facts/facts.js';
import type { Shape } from '../../../domain/project/facts/members.js';
import { faultWords } from '../../../web/forms/fault.js';
import { firstTyped, genericWords, statedBy, typedIn } from '../../../web/forms/said/stated.js';
import { whatOf } from '../../../web/forms/said/what.js';
import { labelOf, offered, wholes } from '../../../web/forms/said/wholes.js';

const drill: Shape = {
  drill: { kind: 'text', most: 40, about: 'Of what.' },
  people: { kind: 'whole-number', least: 0, most: 100, about: 'How many.', isOptional: true },
  parts: {
    kind: 'choices',
    choices: { fire: { en: 'fire', zh: '消防' }, flood: { en: 'flood', zh: '防汛' } },
    about: 'Its parts.',
    isOptional: true,
  },
  cost: { kind: 'money', about: 'What it cost.', label: { en: 'Cost', zh: '费用' }, isOptional: true },
};
const typed = { drill: ' summer ', people: '40', parts: 'fire,flood', cost: '1.5 万元' };
const stated = {
  type: 'StageEntered' as const,
  drill: 'summer',
  people: 40,
  parts: ['fire', 'flood'],
  cost: '1.5 万元',
};

/** What the form says of texts that are missing or wrong. */
function faultIn(texts: Record<string, string>, shape: Shape, language: 'en' | 'zh' = 'en'): string {
  const found = statedBy('StageEntered', shape, texts, language);
  return 'fault' in found ? faultWords(found.fault, language) : '';
}

describe('The form of a fact by its descriptor', () => {
  test('states a fact by the members of its descriptor', () => {
    expect(statedBy('StageEntered', drill, typed, 'en')).toEqual({ fact: stated });
  });

  test('asks for what is missing, and says what it saw and expected of what is wrong', () => {
    expect(faultIn({ people: '40' }, drill)).toBe('Fill this in: drill');
    expect(faultIn({ drill: 'summer', people: '400' }, drill)).toBe(
      'people · 400; expected a whole number from 0 to 100',
    );
  });

  test('an amount below one fen is shown with the decimals that its unit allows', () => {
    const of = (cost: string, unit: string) => ({ drill: 'summer', cost, 'cost.unit': unit });
    expect(faultIn(of('0.001', '元'), drill)).toBe('Cost · 0.001 元; expected at most 2 decimals in 元');
    expect(faultIn(of('0.001', '元'), drill, 'zh')).toBe('费用 · 0.001 元；应为：元最多 2 位小数');
    expect(faultIn(of('many', '万元'), drill)).toContain('Cost · many 万元; expected an amount');
    expect(statedBy('StageEntered', drill, of('7200', '万元'), 'en')).toMatchObject({
      fact: { cost: { amount: '7200', unit: '万元' } },
    });
  });

  test('is filled again from a fact that was stated', () => {
    expect(statedBy('StageEntered', drill, typedIn(stated, drill), 'en')).toEqual({ fact: stated });
  });

  test('begins with the defaults of the descriptor', () => {
    expect(firstTyped('InvestmentReported', facts.InvestmentReported.shape, undefined)).toEqual({
      'amount.unit': '万元',
      span: 'since-start',
      basis: 'unknown',
    });
  });

  test('shows a fact in the words of its choices', () => {
    expect(genericWords(stated, drill, 'zh')).toBe('summer，40，消防，防汛，1.5 万元');
  });

  test('is that of the stage, which has no form of its own', () => {
    const stage = wholes.find(({ type }) => type === 'StageEntered');
    expect([stage && labelOf(stage, 'en'), stage && labelOf(stage, 'zh')]).toEqual([
      'Stage entered',
      '进入阶段',
    ]);
    expect(whatOf({ type: 'StageEntered', stage: 'built', asOf: '2018-06-30' })).toBe('StageEntered');
    expect(statedBy('StageEntered', facts.StageEntered.shape, { stage: 'built' }, 'en')).toEqual({
      fact: { type: 'StageEntered', stage: 'built' },
    });
  });

  test('is offered for every fact about a whole project; all kinds of money have one form', () => {
    // Progress of the whole project is offered beside that of items; a milestone always has an item.
    expect(wholes.map(({ type }) => type)).toEqual(
      Object.keys(facts).filter((type) => type !== 'MilestoneReached'),
    );
    expect(offered.map(({ what }) => what)).toEqual([
      'Progress',
      'Money',
      'Stall',
      'Resumed',
      'Forecast',
      'StageEntered',
      'NoChange',
    ]);
  });

  test('a stall or money of an item is corrected in its own form, not in that of the item', () => {
    const asOf = '2018-06-30';
    expect(whatOf({ type: 'StallDeclared', cause: 'weather', item: 'roof', asOf })).toBe('Stall');
    expect(whatOf({ type: 'InvestmentReported', span: 'year', item: 'roof', asOf })).toBe('Money');
    expect(whatOf({ type: 'MilestoneReached', item: 'roof', asOf })).toBe('roof');
  });
});
