import type { FactTable } from '../../../domain/project/facts/fact.js';
import { type Kinds, Member, Optional } from '../validation/member.js';
import { dayOrMonth, isObject, oneOf, type Rule, slug, typeFinding, uuid } from '../validation/rules.js';
import { ContradictionExplained } from './explanation.js';
import { factKinds, type StatedFact } from './facts/facts.js';
import { PlanAdopted } from './plan.js';
import { PlanMoneyStated } from './plan-money.js';
import { ProjectDescribed, ProjectRegistered } from './project.js';
import { withdrawalShapes } from './withdrawal.js';

/** Maximum number of entries of one line, which are one append. */
const mostTogether = 500;

const objects: Rule = {
  schema: { type: 'array', minItems: 1, maxItems: mostTogether, items: { type: 'object' } },
  check(value) {
    if (!Array.isArray(value)) return typeFinding(value, false, { en: 'a list', zh: '列表' });
    if (value.length < 1 || value.length > mostTogether)
      return {
        type: 'value-out-of-range',
        seen: { en: `a list of ${value.length}`, zh: `${value.length} 项` },
        expected: { en: `a list of 1 to ${mostTogether}`, zh: `1 至 ${mostTogether} 项` },
      };
    const index = value.findIndex((element) => !isObject(element));
    const wrong =
      index < 0 ? undefined : typeFinding(value[index] ?? null, false, { en: 'an object', zh: '一个对象' });
    return wrong && { ...wrong, at: `[${index}]` };
  },
};

/** A line with several entries of one project. */
class LineOfEntries {
  @Member(slug(3), 'The id of the project.')
  project!: string;

  @Member(
    objects,
    'Entries, each as a line without its project: they are recorded together, or none of them is.',
  )
  entries!: Record<string, unknown>[];
}

/** The shapes of bodies that depend on the table of facts. */
export type EntryShapes = ReturnType<typeof shapesOf>;

const known = new WeakMap<FactTable, EntryShapes>();

/** The shapes for a table of facts, built once. */
export function entryShapes(table: FactTable): EntryShapes {
  const shapes = known.get(table) ?? shapesOf(table);
  known.set(table, shapes);
  return shapes;
}

function shapesOf(table: FactTable) {
  const facts: Kinds<StatedFact> = factKinds(table);
  const { Withdrawal, EntryWithdrawn } = withdrawalShapes(facts);
  /** Lines of an import about a project other than facts. */
  const administration = {
    member: 'type',
    shapes: {
      ProjectRegistered,
      ProjectDescribed,
      PlanAdopted,
      PlanMoneyStated,
      EntryWithdrawn,
      ContradictionExplained,
    },
  } satisfies Kinds;

  /** The members of every line beside its fact. */
  class LineHead {
    @Optional(uuid, 'The id of the entry; one that follows from the content of the line when absent.')
    id?: string;

    @Member(slug(3), 'The id of the project.')
    project!: string;

    @Member(
      oneOf([...Object.keys(facts.shapes), ...Object.keys(administration.shapes)]),
      'The name of the event, or PlanMoneyStated.',
    )
    type!: string;

    @Member(dayOrMonth, 'The day it is true for, or a month that has ended, which stands for its last day.')
    asOf!: string;
  }
  return { facts, Withdrawal, administration, LineHead, LineOfEntries };
}
