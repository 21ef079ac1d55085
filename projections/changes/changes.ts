import type { Severity } from '../../domain/governance/rules.js';
import type { ProjectDetails } from '../../domain/project/events.js';
import type { Basis } from '../../domain/project/facts/investment-reported.js';
import { givenDay } from '../../domain/values/day-marks.js';
import { isSame } from '../../domain/values/equal.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { alertsInSteps } from '../alerts/alerts-at.js';
import type { CompletionView } from '../completion/completion.js';
import type { CompletionFigure } from '../completion/figure-evidence.js';
import type { GrownTotal } from '../completion/grown.js';
import type { IdentityView } from '../facts/identity.js';
import { finished, type Steps } from '../facts/steps.js';
import type { InvestmentView } from '../money/investment.js';
import { figuresInSteps, type ProjectFigures } from '../project/project.js';
import type { Forecast } from '../schedule/forecasts.js';
import type { StallEpisode } from '../stalls/episode.js';
import type { Changed, EntryChange, Moment } from './changed-entries.js';
import { type ItemChange, itemChanges } from './item-changes.js';
import { type FigureChange, splitInSteps } from './split.js';

/** The light of a project at two moments; null where nothing is due. */
interface LightChange {
  from: Severity | null;
  /** That of the first moment under the rules of the second. */
  underNewRules: Severity | null;
  to: Severity | null;
  fromRulesVersion: number;
  toRulesVersion: number;
}

/** The differences of a project between two moments, on either clock. */
export interface Changes {
  completion: Record<CompletionFigure, FigureChange>;
  /** Null if neither the light nor the rules changed, or no rules are given. */
  light: LightChange | null;
  items: ItemChange[];
  investment: {
    fromMinor: number | null;
    toMinor: number | null;
    /** Null if either is missing, or basis or currency changed between them. */
    byMinor: number | null;
    currency: string | null;
    basis: Basis | null;
    entries: Uuid[];
  } | null;
  /** Totals that grew meanwhile, latest first, so that a lower share is no less work; absent if none did. */
  grown?: GrownTotal[];
  stage: { from: IdentityView['stage']; to: IdentityView['stage'] } | null;
  suspension: { from: boolean; to: boolean } | null;
  stallsOpened: StallEpisode[];
  stallsCleared: StallEpisode[];
  /** Forecasts that only the second moment knows. */
  forecasts: Forecast[];
  plan: { fromVersion: number | null; toVersion: number | null } | null;
  /** Names of the changed details. */
  details: string[];
  /** Entries that only the second moment knows or counts, in log order. */
  entries: EntryChange[];
}

/** The differences between two moments; either clock may be the one that moved. */
export function changes(before: Moment, after: Moment): Changes {
  return finished(changesInSteps(before, after));
}

/** The same in steps. */
export function* changesInSteps(before: Moment, after: Moment): Steps<Changes> {
  const first = yield* figuresInSteps(before.state, before.asOf);
  yield;
  const second = yield* figuresInSteps(after.state, after.asOf);
  yield;
  const split = yield* splitInSteps(before, after, [first.completion, second.completion]);
  const { completion, entries, fall } = split;
  const known = new Set(first.schedule.forecasts.map((forecast) => forecast.entry));
  const items = itemChanges(fall, entries, after);
  yield;
  const grown = grownBetween(first.completion.grown, second.completion.grown);
  return {
    completion,
    light: yield* lightChange(before, after, first, second),
    items,
    ...(grown.length > 0 ? { grown } : {}),
    investment: investmentChange(first.investment, second.investment, entries),
    stage: isSame(first.stage, second.stage) ? null : { from: first.stage, to: second.stage },
    suspension:
      first.isSuspended === second.isSuspended ? null : { from: first.isSuspended, to: second.isSuspended },
    ...stallChanges(first.stalls.episodes, second.stalls.episodes),
    forecasts: second.schedule.forecasts.filter((forecast) => !known.has(forecast.entry)),
    plan: planChange(first.completion.plan, second.completion.plan),
    details: changedMembers(first.details, second.details),
    entries: entries.map(({ id, type, entry, kind }) => ({ id, type, ...givenDay(entry), kind })),
  };
}

/** The totals that grew by the second moment and had not grown by the first. */
function grownBetween(before: readonly GrownTotal[] = [], after: readonly GrownTotal[] = []): GrownTotal[] {
  const keyOf = ({ item, step, entries }: GrownTotal) => JSON.stringify([item, step, entries]);
  const known = new Set(before.map(keyOf));
  return after.filter((one) => !known.has(keyOf(one)));
}

function* lightChange(
  before: Moment,
  after: Moment,
  first: ProjectFigures,
  second: ProjectFigures,
): Steps<LightChange | null> {
  const [then, now] = [before.law?.rules, after.law?.rules];
  if (!then || !now) return null;
  const [fromRulesVersion, toRulesVersion] = [then.version, now.version];
  const isOtherLaw = fromRulesVersion !== toRulesVersion;
  const { light: from } = yield* alertsInSteps(before.state, then, before.asOf, first);
  const { light: underNewRules } = isOtherLaw
    ? yield* alertsInSteps(before.state, now, before.asOf, first)
    : { light: from };
  const { light: to } = yield* alertsInSteps(after.state, now, after.asOf, second);
  if (!isOtherLaw && from === to) return null;
  return { from, underNewRules, to, fromRulesVersion, toRulesVersion };
}

function investmentChange(
  first: InvestmentView,
  second: InvestmentView,
  entries: readonly Changed[],
): Changes['investment'] {
  const { currency, basis } = second;
  const isLike = first.currency === currency && first.basis === basis;
  const [fromMinor, toMinor] = [first.sinceStartMinor, second.sinceStartMinor];
  if (fromMinor === toMinor && isLike) return null;
  const withdrawn = entries.filter(
    (entry) => entry.type === 'EntryWithdrawn' && entry.data.entry === first.entry,
  );
  return {
    fromMinor,
    toMinor,
    byMinor: fromMinor === null || toMinor === null || !isLike ? null : toMinor - fromMinor,
    currency,
    basis,
    entries: [...withdrawn.map((entry) => entry.id), ...(second.entry === null ? [] : [second.entry])],
  };
}

function stallChanges(
  before: readonly StallEpisode[],
  after: readonly StallEpisode[],
): Pick<Changes, 'stallsOpened' | 'stallsCleared'> {
  const earlier = new Map(before.map((episode) => [episode.entries[0], episode]));
  const declared = after.filter(({ cause }) => cause !== 'suspended');
  return {
    stallsOpened: declared.filter((episode) => !earlier.has(episode.entries[0])),
    stallsCleared: declared.filter(
      (episode) => episode.status !== 'open' && earlier.get(episode.entries[0])?.status === 'open',
    ),
  };
}

function planChange(before: CompletionView['plan'], after: CompletionView['plan']): Changes['plan'] {
  if (before?.entry === after?.entry) return null;
  return { fromVersion: before?.version ?? null, toVersion: after?.version ?? null };
}

function changedMembers(before: ProjectDetails, after: ProjectDetails): string[] {
  const members = new Set([...Object.keys(before), ...Object.keys(after)] as (keyof ProjectDetails)[]);
  return [...members].filter((member) => !isSame(before[member], after[member]));
}
