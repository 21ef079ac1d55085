import { describe, expect, test } from '@jest/globals';
import { facts } from '../../../domain/project/facts/facts.js';
import type { Shape } from '../../../domain/project/facts/members.js';
import { whatOf } from '../../../web/log/forms/facts.js';
import { genericWords, statedBy, typedIn } from '../../../web/log/forms/generic.js';
import { labelOf, wholes } from '../../../web/log/forms/wholes.js';

const drill: Shape = {
  drill: { kind: 'text', most: 40, about: 'Of what.' },
  people: { kind: 'whole-number', least: 0, most: 100, about: 'How many.', isOptional: true },
  parts: {
    kind: 'choices',
    choices: { fire: { en: 'fire', zh: '消防' }, flood: { en: 'flood', zh: '防汛' } },
    about: 'Its parts.',
    isOptional: true,
  },
  cost: { kind: 'money', about: 'What it cost.', isOptional: true },
};
const typed = { drill: ' summer ', people: '40', parts: 'fire,flood', cost: '1.5 万元' };
const stated = {
  type: 'StageEntered' as const,
  drill: 'summer',
  people: 40,
  parts: ['fire', 'flood'],
  cost: '1.5 万元',
};

describe('The generic form of the phone', () => {
  test('states a fact by the members of its descriptor', () => {
    expect(statedBy('StageEntered', drill, typed)).toEqual({ fact: stated });
  });

  test('names the member that is missing or cannot be read', () => {
    expect(statedBy('StageEntered', drill, { people: '40' })).toEqual({ missing: 'drill' });
    expect(statedBy('StageEntered', drill, { drill: 'summer', people: 'many' })).toEqual({
      missing: 'people',
    });
  });

  test('is filled again from a fact that was stated', () => {
    expect(statedBy('StageEntered', drill, typedIn(stated, drill))).toEqual({ fact: stated });
  });

  test('shows a fact in the words of its choices', () => {
    expect(genericWords(stated, drill, 'zh')).toBe('summer, 40, 消防, 防汛, 1.5 万元');
  });

  test('is that of the stage, which has no form of its own', () => {
    const stage = wholes.find(({ type }) => type === 'StageEntered');
    expect([stage && labelOf(stage, 'en'), stage && labelOf(stage, 'zh')]).toEqual([
      'Stage entered',
      '进入阶段',
    ]);
    expect(whatOf({ type: 'StageEntered', stage: 'built', asOf: '2018-06-30' })).toBe('StageEntered');
    expect(statedBy('StageEntered', facts.StageEntered.shape, { stage: 'built' })).toEqual({
      fact: { type: 'StageEntered', stage: 'built' },
    });
  });

  test('is offered for every fact about a whole project, beside the facts with forms of their own', () => {
    const offered = wholes.map(({ type }) => type);
    // Progress of the whole project is offered beside that of items; a milestone always has an item.
    expect(offered).toEqual(Object.keys(facts).filter((type) => type !== 'MilestoneReached'));
    expect(wholes.map(({ what }) => what)).toEqual(expect.arrayContaining(['Money', 'Forecast', 'NoChange']));
  });
});
