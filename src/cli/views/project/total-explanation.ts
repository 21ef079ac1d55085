import type { TotalExplained } from '../../client/answers.js';
import type { Language } from '../../terminal.js';
import { plain, table } from '../table.js';
import { columns, either } from '../words.js';
import { ExplainedTree } from './explained-tree.js';

/** A total as a tree of the figures that it is computed from, and the projects that do not count for it. */
export function totalExplanationText(
  { nodes, notCounted, parked = [] }: TotalExplained,
  calledAs: string,
  language: Language,
): string {
  const left = [
    ...notCounted.map(({ project, words }) => [project, plain(words)]),
    ...parked.map(({ project }) => [
      project,
      either(language, 'One of its entries cannot be computed with.', '其中一条记录无法计算。'),
    ]),
  ];
  const head = either(
    language,
    `Projects that do not count for it: ${left.length}`,
    `未计入的项目：${left.length}`,
  );
  return [
    new ExplainedTree(nodes, [], language, calledAs).text,
    ...(left.length > 0 ? [`${head}\n${table(columns(['project', 'reason'], language), left)}`] : []),
  ].join('\n\n');
}
