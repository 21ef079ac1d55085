import type { Reach } from '../../../domain/access/scope.js';
import { isWithin, type Where } from '../../../domain/governance/rules.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { identity } from '../../../projections/facts/identity.js';
import type { ProjectState } from '../../../projections/project/project.js';
import type { World } from '../ports.js';
import { Refused } from '../refusals.js';
import { paceOf, type TurnPorts } from '../turns.js';
import type { Following } from './governance.js';

/** A project with all of its known entries. */
export interface KnownProject {
  project: string;
  state: ProjectState;
}

/** The ports of a visit of all projects. */
export interface EachProjectNeeds {
  projects(): Iterable<KnownProject>;
  views: { readonly projectCount: number };
  world: Pick<World, 'after'>;
  /** Tells of projects whether they are within reach. */
  reached(reach: Reach): Promise<(project: string) => boolean>;
  /** Splits long work; without it each project is one step. */
  paced?: TurnPorts;
}

/** Maximum concurrent tests per process: each takes a processor. */
const mostTests = 2;

/** Visits every project for a test of rules or of a lexicon; requests are served in between. */
export class EachProject {
  private tests = 0;

  constructor(private readonly needs: EachProjectNeeds) {}

  /**
   * Visits the projects of a place, by their details on a day.
   *
   * @throws Refused `rules-tests-busy` when two tests run already; ClientLeft
   */
  async visit(
    where: Where,
    on: Day,
    following: Following,
    visit: (known: KnownProject) => void,
  ): Promise<void> {
    if (this.tests >= mostTests) throw busy();
    this.tests += 1;
    try {
      await this.visitAll(where, on, following, visit);
    } finally {
      this.tests -= 1;
    }
  }

  private async visitAll(
    where: Where,
    on: Day,
    { within, leaving, onProgress }: Following,
    visit: (known: KnownProject) => void,
  ): Promise<void> {
    const { projects, views, world } = this.needs;
    const byProject = { elapsedMs: () => 0, nextTurn: (call: () => void) => void world.after(0, call) };
    const pace = paceOf(this.needs.paced ?? byProject, leaving);
    const isReached = within ? await this.needs.reached(within) : () => true;
    // The number of all projects is not for everybody.
    const of = within ? 0 : views.projectCount;
    let done = 0;
    for (const known of projects()) {
      if (pace.isOver || !this.needs.paced) await pace.rest();
      if (!isReached(known.project)) continue;
      const { district, sector } = identity.view(known.state.identity, on).details;
      if (isWithin(where, { project: known.project, district, sector })) visit(known);
      done += 1;
      onProgress?.(done, Math.max(done, of));
    }
    await pace.rest();
  }
}

function busy(): Refused {
  const seen = { en: `${mostTests} tests of rules that are running`, zh: `正在进行 ${mostTests} 个试算` };
  const expected = { en: 'fewer; try again once one of them is done', zh: '其中一个完成后再试' };
  return new Refused('rules-tests-busy', { member: '', seen, expected });
}
