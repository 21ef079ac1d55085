import { dayNumber } from '../../domain/values/days/calendar.js';
import { shippedLexicon } from '../../domain/values/lexicon.js';
import { copied, likeOf } from '../facts/copied.js';
import { Stages } from '../facts/stages.js';
import { Money } from '../money/money.js';
import type { PlanTable } from '../plan/plan-table.js';
import type { Progress, ProgressEntry } from '../progress/progress.js';
import { type Effect, nothingElse } from '../progress/rises.js';
import { itemsAbout } from '../stalls/items-about.js';
import { movedBy } from '../stalls/moved.js';
import { Stalls } from '../stalls/stalls.js';
import type { Finding } from './contradiction.js';
import type { IndexedFact } from './fact-index.js';
import { ReportedWorks } from './reported-works.js';

/** What plans and reports, in the order (asOf, place), say of a project, and where they contradict each other. */
export class ReportedProject {
  readonly stages = new Stages();
  readonly money = new Money();
  readonly stalls = new Stalls();
  readonly works: ReportedWorks;

  /** @param found where it lists contradictions of works; without it, it only counts them */
  constructor(found?: Finding[]) {
    this.works = new ReportedWorks(shippedLexicon, found);
  }

  get progress(): Progress {
    return this.works.progress;
  }

  /** The plan in force. */
  get table(): PlanTable {
    return this.works.table;
  }

  /** How many contradictions no entry has settled. */
  get openContradictions(): number {
    const { stages, money, works, stalls } = this;
    return (
      stages.openContradictions +
      money.openContradictions +
      works.openContradictions +
      stalls.openContradictions
    );
  }

  /** A copy that further entries are added to independently. */
  copy(): this {
    return likeOf(this, copied({ ...this }));
  }

  add(fact: IndexedFact): Effect {
    switch (fact.type) {
      case 'PlanAdopted':
      case 'MilestoneReached':
      case 'ProgressMeasured':
      case 'StageEntered':
        return this.advance(fact);
      case 'InvestmentReported':
        if (this.money.say(fact)) this.stalls.move(dayNumber(fact.asOf), 'rises', fact, []);
        return nothingElse;
      case 'MoneyReported':
        this.money.say(fact);
        return nothingElse;
      case 'StallDeclared':
      case 'StallCleared':
        this.stalls.take(fact);
        return nothingElse;
      case 'NoChangeReported':
        this.stalls.unchanged(fact);
        return nothingElse;
    }
  }

  private advance(fact: ProgressEntry): Effect {
    const effect = this.works.add(fact);
    if (fact.type === 'PlanAdopted') {
      this.money.adopt(fact);
      this.stalls.adopt(fact);
      return effect;
    }
    if (fact.type === 'StageEntered') {
      this.stages.enter(fact);
      this.stalls.enter(fact);
    }
    const moved = movedBy(fact, effect);
    const items = moved.length > 0 ? itemsAbout(fact, this.table) : [];
    for (const what of moved) this.stalls.move(dayNumber(fact.asOf), what, fact, items);
    return effect;
  }
}
