import type { FactTable } from '../../../domain/project/facts/fact.js';
import { type Kinds, Member, Optional } from '../validation/member.js';
import { dayOrMonth, oneOf, slug, uuid } from '../validation/rules.js';
import { factKinds, type StatedFact } from './facts.js';
import { PlanAdopted } from './plan.js';
import { ProjectDescribed, ProjectRegistered } from './project.js';
import { withdrawalShapes } from './withdrawal.js';

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
    shapes: { ProjectRegistered, ProjectDescribed, PlanAdopted, EntryWithdrawn },
  } satisfies Kinds;

  /** The members of every line beside its fact. */
  class LineHead {
    @Optional(uuid, 'The id of the entry; one that follows from the content of the line when absent.')
    id?: string;

    @Member(slug(3), 'The id of the project.')
    project!: string;

    @Member(
      oneOf([...Object.keys(facts.shapes), ...Object.keys(administration.shapes)]),
      'The name of the event.',
    )
    type!: string;

    @Member(dayOrMonth, 'The day it is true for, or a month that has ended, which stands for its last day.')
    asOf!: string;
  }
  return { facts, Withdrawal, administration, LineHead };
}
