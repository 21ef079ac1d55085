import type { MeasureKind, WorkItem } from '../../../../../domain/project/events.js';
import { addDays, type Day, daysBetween } from '../../../../../domain/values/days/calendar.js';
import type { Words } from '../../../../../domain/values/words.js';

/** A work breakdown template. */
export interface Template {
  /** Used in the basis of a plan, as `template:NAME`. */
  name: string;
  title: Words;
  /** Words of matching sectors, in both languages. */
  sectors: readonly string[];
  /** The source of the parts and weights. */
  reason: Words;
  parts: readonly Part[];
}

/** A part of a template; the weights of siblings sum to 100. */
export interface Part {
  id: string;
  name: Words;
  weight: number;
  measure: MeasureKind;
  /** Its period in percent of the whole, both ends; a group spans its parts. */
  span?: readonly [number, number];
  unit?: string;
  steps?: readonly { id: string; name: Words; weight: number }[];
  after?: readonly string[];
  stage?: WorkItem['stage'];
  parts?: readonly Part[];
}

/** The items of a template, with days if the whole period is known. */
export function itemsOf(template: Template, period?: { start: Day; finish: Day }): WorkItem[] {
  const days = period && daysBetween(period.start, period.finish);
  const dayAt = (percent: number) =>
    period && days !== undefined ? addDays(period.start, Math.round((days * percent) / 100)) : undefined;
  const itemsIn = (parts: readonly Part[], parent?: string): WorkItem[] =>
    parts.flatMap((part) => {
      const { span, steps, after, parts: inner = [], name, ...rest } = part;
      const plannedStart = span && dayAt(span[0]);
      const plannedFinish = span && dayAt(span[1]);
      const item: WorkItem = {
        ...rest,
        name: { ...name },
        ...(parent === undefined ? {} : { parent }),
        ...(steps ? { steps: steps.map((step) => ({ ...step, name: { ...step.name } })) } : {}),
        ...(after ? { after: [...after] } : {}),
        ...(plannedStart && plannedFinish ? { plannedStart, plannedFinish } : {}),
      };
      return [item, ...itemsIn(inner, part.id)];
    });
  return itemsIn(template.parts);
}

/** A part measured in percent, unless it names another measure. */
export function part(
  id: string,
  en: string,
  zh: string,
  weight: number,
  more: Partial<Omit<Part, 'id' | 'name' | 'weight'>> = {},
): Part {
  return { id, name: { en, zh }, weight, measure: 'percent', ...more };
}

/** The steps by which equipment is measured. */
export const equipmentSteps = [
  { id: 'delivered', name: { en: 'delivery', zh: '进场' }, weight: 40 },
  { id: 'installed', name: { en: 'installation', zh: '安装' }, weight: 40 },
  { id: 'commissioned', name: { en: 'commissioning', zh: '调试' }, weight: 20 },
] as const;
