import { CommandRejected } from '../../values/rejections.js';
import type { Words } from '../../values/words.js';
import { fact } from './fact.js';
import type { Measure } from './measure.js';
import { measureWords } from './measure-words.js';
import { itemAndStep, wholeProject } from './members.js';
import { itemTopic, itemWords } from './milestone-reached.js';

/** Why a figure is lower than before on purpose: measured again, or the work was lost or demolished. */
const changeWords = {
  're-measured': { en: 're-measured', zh: '复测' },
  undone: { en: 'work undone', zh: '返工或拆除' },
} as const satisfies Record<string, Words>;
export type Change = keyof typeof changeWords;

/** Stated by an inspector: how far an item, one step of it, or without an item the whole project is. */
export interface ProgressMeasured {
  item?: string;
  step?: string;
  measure: Measure;
  change?: Change;
}

export const progressMeasured = fact<ProgressMeasured>({
  schema: 2,
  // Schema 1 had fewer kinds of measures, always an item, and never a change.
  upcasts: { 1: (data) => data },
  name: { en: 'progress measured', zh: '进度' },
  about: 'How far an item, one step of it, or without an item the whole project is.',
  shape: {
    item: {
      ...itemAndStep.item,
      about: 'The item of the plan; the whole project when absent.',
      isOptional: true,
    },
    step: { ...itemAndStep.step, beside: 'item' },
    measure: { kind: 'measure', about: 'How far, as it was said.' },
    change: {
      kind: 'choice',
      choices: changeWords,
      about: 'Why it is less than before on purpose: measured again, or lost or demolished.',
      label: { en: 'Less than before', zh: '低于此前' },
      isOptional: true,
    },
  },
  typed: { choiceFlags: ['change'] },
  subject: ({ item, step }) => [itemTopic(item ?? wholeProject), step],
  refuse({ measure }) {
    if (measure.kind === 'storeys') requireStorey(measure);
  },
  words({ item, step, measure, change }, _asOf, speaker) {
    const subject = item === undefined ? project : itemWords({ item, step }, speaker);
    const planned = item === undefined ? {} : (speaker.item(item) ?? {});
    const words = measureWords(measure, planned);
    const why = change && changeWords[change];
    return {
      en: `${subject.en}: ${words.en}${why ? ` (${why.en})` : ''}.`,
      zh: `${subject.zh}：${words.zh}${why ? `（${why.zh}）` : ''}。`,
    };
  },
});

const project = { en: 'The whole project', zh: '项目总体' } as const satisfies Words;

/** Refuses a storey that is not one of the building; a missing total may be that of the plan. */
function requireStorey({ reached, of, below }: Extract<Measure, { kind: 'storeys' }>): void {
  if (of !== undefined && reached > of)
    throw new CommandRejected('count-impossible', {
      member: 'measure.reached',
      seen: { en: `${reached} of ${of}`, zh: `第 ${reached} 层，共 ${of} 层` },
      expected: { en: `at most ${of}`, zh: `不超过 ${of} 层` },
    });
  if (below !== undefined && reached < -below)
    throw new CommandRejected('count-impossible', {
      member: 'measure.reached',
      seen: { en: `${reached} with ${below} below ground`, zh: `${reached}，地下共 ${below} 层` },
      expected: { en: `at least ${-below}`, zh: `不低于 ${-below}` },
    });
}
