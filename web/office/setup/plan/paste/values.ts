import type { MeasureKind } from '../../../../../domain/project/events.js';
import type { ItemStage } from '../../../../../domain/project/stages.js';
import { numberIn } from '../../../../../domain/table/cell-values.js';
import type { Money } from '../../../../../domain/values/amounts/money.js';
import { parseMoney } from '../../../../../domain/values/money-text.js';

const measures: readonly (readonly [MeasureKind, RegExp])[] = [
  ['done', /^(done|done or not|yes ?\/? ?no|完成|是否完成|完成与否)$/],
  ['percent', /^(percent|percentage|%|百分比|百分数)$/],
  ['count', /^(count|counted|计数|数量|按数量)$/],
  ['quantity', /^(quantity|amount|工程量|按工程量)$/],
  ['storeys', /^(storeys?|stories|floors?|层|楼层|层数|按层)$/],
  ['steps', /^(steps?|工序|步骤|按工序)$/],
];

/** The measure of an item, in the words of either language. */
export function measureIn(cell: string): MeasureKind | undefined {
  const plain = cell.normalize('NFKC').trim().toLowerCase();
  return measures.find(([, shape]) => shape.test(plain))?.[0];
}

/** True for a unit that counts storeys. */
export function isStoreys(unit: string): boolean {
  return /^(层|楼层|storeys?|stories|floors?)$/i.test(unit.trim());
}

const stages: readonly (readonly [ItemStage, RegExp])[] = [
  ['trial-operation', /^(trial[- ]operation|试运营|试运行)$/],
  ['trial-production', /^(trial[- ]production|试产|试生产)$/],
  ['in-production', /^(in[- ]production|已?投产)$/],
  ['opened-to-traffic', /^(opened[- ]to[- ]traffic|opened|open|已?通车)$/],
  ['in-use', /^(in[- ]use|已?投用|已?投入使用)$/],
  ['handed-over', /^(handed[- ]over|已?交付)$/],
];

/** The stage that an item states done, in the words of either language. */
export function stageIn(cell: string): ItemStage | undefined {
  const plain = cell.normalize('NFKC').trim().toLowerCase();
  return stages.find(([, shape]) => shape.test(plain))?.[0];
}

/** The money of a cell in its own unit, else in that of its column, else in yuan; undefined where it is none. */
export function moneyOfCell(cell: string, columnUnit: string | undefined): Money | undefined {
  const number = numberIn(cell);
  if (!number) return undefined;
  const unit = number.rest || columnUnit || '元';
  const money = parseMoney(String(number.value), unit.length === 3 ? unit.toUpperCase() : unit);
  return 'fault' in money ? undefined : money;
}
