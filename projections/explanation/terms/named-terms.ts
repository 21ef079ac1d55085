import { itemOf } from '../../../domain/project/facts/members.js';
import type { Bound } from '../../completion/entries-behind.js';
import { figureOf, type Origin } from '../../progress/figures.js';
import { rounding } from '../../progress/own.js';
import type { Reading } from '../../progress/reading.js';
import { aboutOf, type TreeNode } from '../../progress/tree.js';
import { near } from './exact.js';
import type { TermNames } from './names.js';
import type { Term, TermOf } from './term.js';

/** The figures that open by themselves. */
const figureNames: Readonly<Record<Bound, string>> = { low: 'floor', point: 'percent', high: 'ceiling' };

/** What the terms of a reading say of themselves beside their numbers. */
export class NamedTerms {
  constructor(
    private readonly reading: Reading,
    private readonly names: TermNames,
  ) {}

  /** The same of what was stated on a day or later. */
  sinceOf(node: TreeNode, bound: Bound): TermOf {
    const { name } = this.of(node, bound);
    return {
      name: { en: `${name.en}, by later reports alone`, zh: `${name.zh}（仅计此后上报）` },
      unit: 'basis-points',
      about: aboutOf(node.key),
    };
  }

  /** A bound of a node as it is shown, with the others beside it. */
  of(node: TreeNode, bound: Bound): TermOf {
    const about = aboutOf(node.key);
    const figure = figureNames[bound] + (about.item === undefined ? '' : `:${itemOf(about)}`);
    const { low, point, high, lowFrom, pointFrom, highFrom } = figureOf(this.reading, node);
    const bounded = (value: number, from: Origin) => ({
      shown: Math.round(value),
      ...(from && 'entry' in from ? { entry: from.entry } : {}),
    });
    return {
      name: this.names.figure(node, bound),
      unit: 'basis-points',
      about,
      ...(about.step === undefined ? { figure } : {}),
      bounds: {
        low: bounded(low, lowFrom),
        point: bounded(point, pointFrom),
        high: bounded(high, highFrom),
      },
    };
  }
}

/** By its parts alone, where a report on the whole counts too. */
export function byParts({ name, unit }: TermOf): TermOf {
  return { name: { en: `${name.en}, by its parts`, zh: `${name.zh}（按各部分）` }, unit };
}

/** The fold adds in doubles. */
export const tolerance = rounding * 100;

/** True if a term has the value of the fold. */
export function isNear({ value }: Term, basisPoints: number): boolean {
  return Math.abs(near(value) - basisPoints) <= tolerance;
}
