import { measureWords } from '../../../../domain/project/facts/measure-words.js';
import { markedDay } from '../../../../domain/values/day-marks.js';
import { labelled } from '../../../../domain/values/punctuation.js';
import type { Item } from '../../client/answers.js';
import type { Language } from '../../terminal.js';
import { percent } from '../figures.js';
import { table } from '../table.js';
import { columns, either, spoken, term } from '../words.js';

/** The items of a plan as a tree, each with its range and its last report. */
export function itemTable(items: readonly Item[], language: Language): string {
  if (items.length === 0) return '';
  const figures = ['share', 'percent', 'stated', 'atMost'] as const;
  return table(
    columns(['item', 'name', ...figures, 'status', 'said'], language, figures),
    inTreeOrder(items).map(({ item, depth }) => [
      `${'  '.repeat(depth)}${item.item}`,
      item.name,
      item.isPlanned ? percent(item.shareBasisPoints, language) : '-',
      percent(item.percentBasisPoints, language),
      percent(item.floorBasisPoints, language),
      percent(item.ceilingBasisPoints, language),
      statusText(item, language),
      saidText(item, language),
    ]),
  );
}

function statusText({ isPlanned, isCancelled, status }: Item, language: Language): string {
  if (isCancelled) return term('cancelled', language);
  return isPlanned ? term(status, language) : either(language, 'not in the plan', '不在计划内');
}

function saidText({ said, steps }: Item, language: Language): string {
  if (!said) return '';
  const step = steps?.find((one) => one.step === said.step)?.name ?? said.step;
  const words = spoken(measureWords(said.measure), language);
  return `${markedDay(said.asOf, said, language)}  ${step === undefined ? words : labelled(step, words, language)}`;
}

/** Each group before its parts, in the order of the plan. */
function inTreeOrder(items: readonly Item[], parent?: string, depth = 0): { item: Item; depth: number }[] {
  return items
    .filter((item) => item.parent === parent)
    .flatMap((item) => [{ item, depth }, ...inTreeOrder(items, item.item, depth + 1)]);
}
