import { describe, expect, test } from '@jest/globals';
import { dayMarks, markedDay } from '../../domain/values/day-marks.js';
import { changes } from '../../projections/changes/changes.js';
import { contradictions } from '../../projections/contradictions/contradictions.js';
import { journal } from '../../projections/project/journal.js';
import { foldProject } from '../../projections/project/project.js';
import type { Entry as Answered, Changes, Project } from '../../src/cli/client/answers.js';
import { journalTable } from '../../src/cli/commands/journal.js';
import { changesText } from '../../src/cli/views/project/changes.js';
import { projectPage } from '../../src/cli/views/project/project-page.js';
import { localised } from '../../src/http/answers/language.js';
import {
  done,
  entered,
  forecast,
  history,
  invested,
  item,
  measured,
  percent,
  planned,
  registered,
  wan,
} from '../support/entries.js';
import { fold, projectAt } from '../support/folds.js';

const june30 = '2018-06-30';
const inferred = done('roof', june30, { precision: 'period-end', isInferred: true });

test('a day has its precision and whether it was inferred; a stated day has neither', () => {
  expect(dayMarks({ precision: 'day' })).toBeNull();
  expect(markedDay(june30, { precision: 'day' }, 'en')).toBe(june30);
  expect(markedDay(june30, { precision: 'month' }, 'en')).toBe('2018-06-30 (known to the month)');
  expect(markedDay(june30, { precision: 'day', isInferred: true }, 'zh')).toBe('2018-06-30（推断）');
  expect(markedDay(june30, { precision: 'period-end', isInferred: true }, 'zh')).toBe(
    '2018-06-30（期末，推断）',
  );
});

test('the journal of the terminal marks an inferred day', () => {
  const { entries } = journal.view(fold(journal, history(inferred)), june30);
  const answered = entries.map((entry) => ({ ...entry, words: entry.words.en })) as unknown as Answered[];
  expect(journalTable(answered, 'en')).toMatch(/ 2018-06-30 \(end of a period, inferred\) /);
});

describe('an entry for June with only the month known, and others for its end that were inferred', () => {
  const january1 = '2018-01-01';
  const known = { precision: 'month' } as const;
  const guessed = { precision: 'period-end', isInferred: true } as const;
  const state = foldProject(
    history(
      registered({}, january1),
      planned([item('roof', 1), item('wall', 2)], january1),
      entered('built', june30, guessed),
      invested(wan(8), '2018-05-31', {}, known),
      invested(wan(6900), june30, {}, known),
      done('roof', june30, { ...guessed, id: 'roof-done' }),
      forecast('completion', ['2018-10-01', '2018-12-31'], june30, {}, guessed),
    ),
  );
  const found = changes({ state, asOf: '2018-06-01' }, { state, asOf: june30 });
  const view = projectAt(state, june30);
  const moment = { asOf: june30, knownAt: { position: 7 } };

  test('the entries of a comparison have it beside the day', () => {
    expect(found.entries.find(({ id }) => id === 'roof-done')).toEqual({
      id: 'roof-done',
      type: 'MilestoneReached',
      asOf: june30,
      precision: 'period-end',
      isInferred: true,
      kind: 'new',
    });
  });

  test('the comparison of the terminal has it in both languages', () => {
    const answered = {
      ...found,
      items: [],
      project: 'huaao-2',
      from: moment,
      to: moment,
    } as unknown as Changes;
    expect(changesText(answered, 'en')).toMatch(
      /^2018-06-30 \(end of a period, inferred\) +new +.*roof-done$/m,
    );
    expect(changesText(answered, 'zh')).toMatch(/^2018-06-30（期末，推断） .*roof-done$/m);
  });

  test('the evidence of a figure has it: stage, money, item, plan and forecast', () => {
    expect(view.stage).toMatchObject({ since: june30, ...guessed });
    expect(view.investment).toMatchObject({ asOf: june30, ...known, byBasis: [{ asOf: june30, ...known }] });
    expect(view.completion.plan).toMatchObject({ asOf: january1, precision: 'day' });
    expect(view.completion.items[0]?.said).toMatchObject({ asOf: june30, ...guessed });
    expect(view.schedule.forecasts).toMatchObject([{ saidOn: june30, ...guessed }]);
  });

  test('the project page of the terminal has it for stage, money, forecast and item', () => {
    const text = projectPage(
      {
        ...localised(view, 'en'),
        ...moment,
        details: { name: 'Huaao', names: {} },
        contradictions: { open: 0, settled: 0, items: [] },
        alerts: { light: null, rulesVersion: 1, due: [], notJudged: [], nextOn: null },
      } as unknown as Project,
      'huaao-2',
      { bold: (words) => words, coloured: (words) => words, calledAs: 'topout' } as Parameters<
        typeof projectPage
      >[2],
      'en',
    );
    expect(text).toContain('(2018-06-30, end of a period, inferred)');
    expect(text).toContain('69.0 million CNY (2018-06-30, known to the month, ');
    expect(text).toMatch(/^2018-06-30 \(end of a period, inferred\) .*2018-12-31/m);
    expect(text).toMatch(/2018-06-30 \(end of a period, inferred\) {2}done$/m);
  });
});

test('a contradiction has it for each side', () => {
  const entries = [
    planned([item('roof', 1)], '2018-01-01'),
    measured('roof', percent(80), '2018-05-31', { precision: 'month' }),
    measured('roof', percent(40), june30, { precision: 'period-end', isInferred: true }),
  ];
  const { open } = contradictions.view(fold(contradictions, history(...entries)), june30);
  expect(open[0]?.words.en).toContain('(2018-06-30, end of a period, inferred)');
  expect(open[0]?.words.zh).toContain('（2018年5月31日，精确到月）');
});
