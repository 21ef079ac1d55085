import { severityWords } from '../../../projections/alerts/happening-words.js';
import type { Changes } from '../../../projections/changes/changes.js';
import { type Effect, effects } from '../../../projections/changes/effects.js';
import type { ProjectRow } from '../../../projections/project/project.js';
import { moneyShort, numberWords } from '../../shared/figures.js';
import type { Language } from '../../shared/language.js';
import type { DistrictReplay } from '../../shared/replay/district-replay.js';
import type { Clock } from '../../shared/replay/timeline.js';
import { type ProjectFigure, projectFigures, projectWords } from './film/frame-words.js';
import { moversOf, type Point } from './movers.js';
import type { Find } from './opened.js';
import type { SayAuditor } from './texts.js';

/** A figure at two points, and the entries that made the difference. */
export interface ComparedFigure {
  figure: ProjectFigure;
  before: string;
  after: string;
  /** The change in words; empty where it has no meaning. */
  change: string;
  /** The effects that add up to the change; empty where they have no meaning. */
  effects: Readonly<Record<Effect, string>>;
  entries: string[];
  isMoved: boolean;
}

const byEffect = (words: (effect: Effect) => string) =>
  Object.fromEntries(effects.map((effect) => [effect, words(effect)])) as Record<Effect, string>;
const noEffects = byEffect(() => '');

const effectHeads = {
  work: 'byWork',
  scope: 'byScope',
  correction: 'byCorrection',
  late: 'byLate',
  lexicon: 'byLexicon',
} as const;

/** The heading of an effect. */
export const effectHead = (effect: Effect) => effectHeads[effect];

/** How the light moved, and what new rules alone make of it. */
export function lightWords(
  { from, underNewRules, to, fromRulesVersion, toRulesVersion }: NonNullable<Changes['light']>,
  say: SayAuditor,
  language: Language,
): string {
  const name = (light: typeof from) => (light ? severityWords[light][language] : say('nothing'));
  const moved = { from: name(from), to: name(to) };
  if (fromRulesVersion === toRulesVersion) return say('lightMoved', moved);
  const rules = { fromRules: fromRulesVersion, toRules: toRulesVersion, alone: name(underNewRules) };
  return say('lightByRules', { ...moved, ...rules });
}

/** Every figure of a project at two points. */
export function comparedFigures(
  found: Changes,
  walked: DistrictReplay,
  project: string,
  points: readonly [Point, Point],
  clock: Clock,
  find: Find,
  say: SayAuditor,
  language: Language,
): ComparedFigure[] {
  const rows = points.map(({ asOf, knownAt }) => walked.rowAt(project, asOf, knownAt));
  const [before, after] = rows.map((row) => projectWords(row, say, language));
  const signed = (basisPoints: number) =>
    say('points', { points: `${basisPoints > 0 ? '+' : ''}${numberWords(basisPoints / 100, language, 2)}` });
  return projectFigures.map((figure): ComparedFigure => {
    const [then, now] = [before?.[figure] ?? '', after?.[figure] ?? ''];
    const plain = {
      figure,
      before: then,
      after: now,
      change: '',
      effects: noEffects,
      isMoved: then !== now,
    };
    if (figure === 'percent' || figure === 'floor' || figure === 'ceiling') {
      const { byBasisPoints, entries } = found.completion[figure];
      const of = (effect: Effect) => found.completion[figure][`${effect}BasisPoints`];
      return {
        ...plain,
        change: signed(byBasisPoints),
        effects: byEffect((effect) => signed(of(effect))),
        entries,
        isMoved: byBasisPoints !== 0,
      };
    }
    if (figure === 'money') {
      const { byMinor, currency, entries } = found.investment ?? {
        byMinor: null,
        currency: null,
        entries: [],
      };
      const change = byMinor === null || currency === null ? '' : moneyShort(byMinor, currency, language);
      return { ...plain, change, entries };
    }
    const words = (row: ProjectRow | null) => projectWords(row, say, language)[figure];
    const moved = moversOf(walked, project, points, clock, words);
    // Many entries may be about the day of the change; only the current evidence counts.
    const behind = clock === 'asOf' && moved.length > 0 ? new Set(find(figure, points[1])) : undefined;
    const exact = moved.filter((id) => behind?.has(id));
    return { ...plain, entries: exact.length > 0 ? exact : moved };
  });
}
