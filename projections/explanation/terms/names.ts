import { joined, nameWords, type Words } from '../../../domain/values/words.js';
import type { Bound } from '../../completion/entries-behind.js';
import { type PlanTable } from '../../plan/plan-table.js';
import type { TreeNode } from '../../progress/tree.js';

/** The names of the three figures of completion. */
const boundNames: Readonly<Record<Bound, Words>> = {
  low: { en: 'stated', zh: '下限' },
  point: { en: 'percent', zh: '形象进度' },
  high: { en: 'at most', zh: '上限' },
};

const ofProject: Words = { en: 'The whole project', zh: '项目总体' };

/** Names of items, steps and their figures. */
export class TermNames {
  constructor(private readonly table: PlanTable) {}

  /** An item or step by its name; the whole project without an item. */
  node({ item, step }: Pick<TreeNode, 'item' | 'step'>): Words {
    if (!item) return ofProject;
    const planned = this.table.row(item.id)?.item;
    const names = [nameWords(planned?.name, item.id)];
    if (step) names.push(nameWords(planned?.steps?.find(({ id }) => id === step.id)?.name, step.id));
    return joined(names, { en: ', ', zh: '，' });
  }

  figure(node: TreeNode, bound: Bound): Words {
    return joined([this.node(node), boundNames[bound]], { en: ', ', zh: '，' });
  }

  /** A figure that a report states of a node itself. */
  stated(node: TreeNode, bound: Bound): Words {
    const figure = this.figure(node, bound);
    return { en: `${figure.en}, by a report on it`, zh: `${figure.zh}（直接上报）` };
  }

  done(unit: string | undefined): Words {
    return unitWords({ en: 'Amount done', zh: '完成量' }, unit);
  }

  total(unit: string | undefined): Words {
    return unitWords({ en: 'Total amount', zh: '总量' }, unit);
  }
}

function unitWords(name: Words, unit: string | undefined): Words {
  if (unit === undefined) return name;
  const isStoreys = unit === 'storey';
  return {
    en: `${name.en} (${isStoreys ? 'storeys' : unit})`,
    zh: `${name.zh}（${isStoreys ? '层' : unit}）`,
  };
}
