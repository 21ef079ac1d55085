import { markedDay } from '../../../../domain/values/day-marks.js';
import type { Explained } from '../../client/answers.js';
import type { Language } from '../../terminal.js';
import { table } from '../table.js';
import { columns, either } from '../words.js';
import { ExplainedTree } from './explained-tree.js';

/** A figure as a tree: each number above what it follows from, the entries beside the numbers that they state. */
export function explanationText(explained: Explained, language: Language): string {
  const tree = new ExplainedTree(explained.nodes, explained.entries, language);
  return [tree.text, notUsedText(explained, language), versionsText(explained, language)]
    .filter(Boolean)
    .join('\n\n');
}

function notUsedText({ notUsed, notUsedCount }: Explained, language: Language): string {
  if (notUsedCount === 0) return '';
  const count = notUsedCount === notUsed.length ? notUsedCount : `${notUsed.length} / ${notUsedCount}`;
  const head = either(language, `Entries that do not count for it: ${count}`, `未计入的记录：${count}`);
  const rows = notUsed.map(({ entry, words }) => [
    markedDay(entry.asOf, entry, language),
    entry.words,
    words,
    entry.id,
  ]);
  return `${head}\n${table(columns(['asOf', 'what', 'reason', 'entry'], language), rows)}`;
}

function versionsText({ plan, lexiconVersion, rulesVersion }: Explained, language: Language): string {
  const planned = plan
    ? either(language, `Plan version ${plan.version}`, `计划第 ${plan.version} 版`)
    : either(language, 'No plan', '无计划');
  return either(
    language,
    `${planned}, lexicon version ${lexiconVersion}, rules version ${rulesVersion}.`,
    `${planned}，词表第 ${lexiconVersion} 版，规则第 ${rulesVersion} 版。`,
  );
}
