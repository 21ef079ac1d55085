import { itemOf } from '../../domain/project/facts/members.js';
import { dayNumber } from '../../domain/values/calendar.js';
import { isProduction } from '../facts/stages.js';
import { inParts, type Steps } from '../facts/steps.js';
import { Money } from '../money/money.js';
import { ItemMoves, type Move } from '../stalls/item-moves.js';
import { Stalls } from '../stalls/stalls.js';
import type { MoveFact, Stretch } from '../stalls/stretches.js';
import { type Finding, finding, mostNamed, type Rule } from './contradiction.js';
import { type FactIndex, type IndexedFact, isItemReport, reportedRange } from './fact-index.js';

export const stallRules: readonly Rule[] = [movedMeanwhile];

/** Reports of progress or production about days that are reported or declared to be without it. */
function* movedMeanwhile(
  factIndex: FactIndex,
  about?: IndexedFact,
  known?: ReadonlySet<string>,
): Steps<Finding[]> {
  const meant = about && stretchesWith(about, factIndex).map(idOf);
  const isMeant = meant && new Set(meant.filter((id) => !known?.has(id)));
  if (isMeant?.size === 0) return [];
  yield;
  const stalls = new Stalls();
  const moves = new Moves(factIndex);
  for (const some of inParts(factIndex.facts)) {
    for (const fact of some) {
      take(stalls, fact);
      if (isMove(fact)) move(stalls, fact, moves.say(fact));
    }
    yield;
  }
  const found: Finding[] = [];
  for (const some of inParts(stalls.stretches)) {
    for (const stretch of some)
      if (stretch.isContradicted && (!isMeant || isMeant.has(idOf(stretch))))
        found.push(contradictionOf(stretch, stalls));
    yield;
  }
  return found;
}

/** One contradiction for each stretch, with the first entries that contradict it. */
function contradictionOf(stretch: Stretch, stalls: Stalls): Finding {
  const { fact } = stretch;
  const { first, left } = stalls.contradicting(stretch, mostNamed);
  const [one = fact] = first;
  const since = one.asOf > fact.asOf ? one.asOf : fact.asOf;
  // The id excludes them, so that one more of them is not another contradiction.
  const sides = first.map((other) => ({ fact: other }));
  return finding(ruleOf(stretch), [{ fact }, ...sides], { about: fact.id, since, left });
}

function ruleOf({ what }: Stretch): 'no-progress-but-rose' | 'produced-while-blocked' {
  return what === 'rises' ? 'no-progress-but-rose' : 'produced-while-blocked';
}

function idOf(stretch: Stretch): string {
  return `${ruleOf(stretch)}:${stretch.fact.id}`;
}

/** The stretches that a fact is about, or that it contradicts whatever else is reported. */
function stretchesWith(about: IndexedFact, factIndex: FactIndex): Stretch[] {
  const stalls = new Stalls();
  if (isMove(about)) {
    const moves = new Moves(factIndex);
    for (const before of beforeOf(about, factIndex)) moves.say(before);
    const said = moves.say(about);
    if (!said.isRise && !said.isProduction) return [];
    move(stalls, about, said);
  } else if (about.type !== 'StallDeclared' && about.type !== 'NoChangeReported') return [];
  for (const fact of factIndex.stalls) take(stalls, fact);
  for (const fact of factIndex.ofType('NoChangeReported')) take(stalls, fact);
  return stalls.stretches.filter(({ fact, isContradicted }) => isContradicted || fact === about);
}

/** The facts before one that decide, in order, whether it is a rise or a production. */
function beforeOf(about: MoveFact, factIndex: FactIndex): MoveFact[] {
  if (about.type === 'StageEntered') return [];
  if (about.type === 'InvestmentReported') {
    const { span, basis, amount } = about.data;
    const reports = factIndex.allOfType('InvestmentReported');
    const before = factIndex.before(
      about,
      reports,
      ({ data }) => data.span === span && data.basis === basis && data.amount.currency === amount.currency,
    );
    return before ? [before] : [];
  }
  const reports = factIndex.allOn(itemOf(about.data));
  const { step } = about.data;
  const ofStep = factIndex.before(about, reports, ({ data }) => data.step === step);
  return [ofStep, factIndex.before(about, reports, () => true)].filter((one) => one !== undefined);
}

/** Which facts are rises or productions, by the plan of the fact index, fed in order. */
class Moves {
  private readonly money = new Money();
  private readonly items = new Map<string, ItemMoves>();

  constructor(private readonly factIndex: FactIndex) {}

  say(fact: MoveFact): Move {
    if (fact.type === 'StageEntered') return { isRise: false, isProduction: isProduction(fact.data.stage) };
    if (fact.type === 'InvestmentReported') return { isRise: this.money.say(fact), isProduction: false };
    const item = itemOf(fact.data);
    let moves = this.items.get(item);
    if (!moves) {
      moves = new ItemMoves(this.factIndex.tree.items.get(item));
      this.items.set(item, moves);
    }
    return moves.say(fact.data.step, reportedRange(fact, this.factIndex));
  }
}

function take(stalls: Stalls, fact: IndexedFact): void {
  if (fact.type === 'StallDeclared') stalls.declare(fact);
  else if (fact.type === 'StallCleared') stalls.clear(fact);
  else if (fact.type === 'NoChangeReported') stalls.unchanged(fact);
}

function move(stalls: Stalls, fact: MoveFact, { isRise, isProduction }: Move): void {
  const day = dayNumber(fact.asOf);
  if (isRise) stalls.move(day, 'rises', false, fact);
  if (isProduction) stalls.move(day, 'productions', false, fact);
}

function isMove(fact: IndexedFact): fact is MoveFact {
  return isItemReport(fact) || fact.type === 'InvestmentReported' || fact.type === 'StageEntered';
}
