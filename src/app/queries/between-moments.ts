import type { FactTable } from '../../../domain/project/facts/fact.js';
import {
  type LightBetween,
  type ProjectBetween,
  projectBetween,
  type SplitBetween,
  type Standing,
} from '../../../projections/changes/project-between.js';
import type { FigureChange } from '../../../projections/changes/split.js';
import { emptyProjectState, type ProjectRow } from '../../../projections/project/project.js';
import type { RulesAt } from '../governance/rules-at.js';
import type { Pace, Turns } from '../turns.js';
import type { Parked } from '../views/parked.js';
import type { Moment } from './asked.js';
import type { Folded, States } from './states.js';

/** A project at one of the moments; without a row it was not registered. */
interface Side {
  standing: Standing;
  folded?: Folded | undefined;
  row?: ProjectRow | undefined;
}

interface Needs {
  states: States;
  rules: RulesAt;
  turns: Turns;
  facts?: FactTable | undefined;
  /** @throws the error, if it is not of an entry */
  parkedBy: (error: unknown, project: string) => Promise<Parked>;
}

/** Computes what differs between two moments, project by project. */
export class BetweenMoments {
  private readonly chosen: readonly [ReadonlySet<string>, ReadonlySet<string>];
  private readonly parked: Parked[] = [];

  /** @param chosen the ids of the projects that match at either moment */
  constructor(
    private readonly needs: Needs,
    private readonly moments: readonly [Moment, Moment],
    chosen: readonly [readonly string[], readonly string[]],
  ) {
    this.chosen = [new Set(chosen[0]), new Set(chosen[1])];
  }

  /** Every project that matches at one of the moments, by id; and those that are parked. */
  async projects(pace: Pace): Promise<{ projects: ProjectBetween[]; parked: readonly Parked[] }> {
    const projects: ProjectBetween[] = [];
    for (const project of [...new Set(this.chosen.flatMap((ids) => [...ids]))].sort()) {
      if (pace.isOver) await pace.rest();
      const found = await this.project(project);
      if (found) projects.push(found);
    }
    return { projects, parked: this.parked };
  }

  private async project(project: string): Promise<ProjectBetween | undefined> {
    const [before, after] = [await this.side(project, 0), await this.side(project, 1)];
    const name = (after.row ?? before.row)?.name;
    if (!name) return undefined;
    const light = await this.light(before, after);
    const split =
      before.standing === 'parked' || after.standing === 'parked'
        ? unsplit(before.row ?? after.row)
        : await this.split(before, after);
    return { project, name, from: before.standing, to: after.standing, light, ...split };
  }

  private async side(project: string, which: 0 | 1): Promise<Side> {
    const { asOf, knownAt } = this.moments[which];
    try {
      const folded = await this.needs.states.inTurns(project, knownAt.position);
      const row = folded && (await this.needs.states.rowOf(folded, asOf, this.rulesAt(which)));
      const standing = row ? standingOf(row, this.chosen[which].has(project)) : 'unregistered';
      return { standing, folded, row };
    } catch (error) {
      const parked = await this.needs.parkedBy(error, project);
      if (!this.parked.some((one) => one.project === project)) this.parked.push(parked);
      return { standing: 'parked' };
    }
  }

  private async split(before: Side, after: Side): Promise<SplitBetween> {
    const [first, second] = this.moments;
    const at = ({ asOf, knownAt: { position } }: Moment, { folded }: Side, which: 0 | 1) => ({
      state: folded?.state ?? emptyProjectState(),
      asOf,
      law: { lexicon: this.needs.rules.lexiconAt(position).version, rules: this.rulesAt(which) },
    });
    const { turns, facts } = this.needs;
    return turns.through(projectBetween(at(first, before, 0), at(second, after, 1), facts));
  }

  private async light(before: Side, after: Side): Promise<LightBetween> {
    const from = before.row?.light ?? null;
    const to = after.row?.light ?? null;
    const rules = this.rulesAt(1);
    if (!before.folded || rules.version === this.rulesAt(0).version) return { from, underNewRules: from, to };
    const again = await this.needs.states.rowOf(before.folded, this.moments[0].asOf, rules);
    return { from, underNewRules: again?.light ?? null, to };
  }

  private rulesAt(which: 0 | 1) {
    return this.needs.rules.at(this.moments[which].knownAt.position);
  }
}

function standingOf({ stage, hasPlan }: ProjectRow, isChosen: boolean): Standing {
  if (!isChosen) return 'not-chosen';
  if (stage === 'cancelled') return 'cancelled';
  return hasPlan ? 'counted' : 'without-plan';
}

/** Of a project that cannot be computed with at one of the moments. */
function unsplit(row: ProjectRow | undefined): SplitBetween {
  const unmoved = (at = 0): FigureChange => ({
    from: at,
    to: at,
    byBasisPoints: 0,
    lexiconBasisPoints: 0,
    scopeBasisPoints: 0,
    correctionBasisPoints: 0,
    lateBasisPoints: 0,
    workBasisPoints: 0,
    entries: [],
  });
  const { percentBasisPoints, floorBasisPoints, ceilingBasisPoints } = row?.completion ?? {};
  return {
    completion: {
      percent: unmoved(percentBasisPoints),
      floor: unmoved(floorBasisPoints),
      ceiling: unmoved(ceilingBasisPoints),
    },
    plan: null,
    items: [],
    entries: [],
    entryCount: 0,
  };
}
