import type { Changes } from '../../../projections/changes/changes.js';
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
  byWork: string;
  byScope: string;
  entries: string[];
  isMoved: boolean;
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
      byWork: '',
      byScope: '',
      isMoved: then !== now,
    };
    if (figure === 'percent' || figure === 'floor' || figure === 'ceiling') {
      const { byBasisPoints, workBasisPoints, scopeBasisPoints, entries } = found.completion[figure];
      return {
        ...plain,
        change: signed(byBasisPoints),
        byWork: signed(workBasisPoints),
        byScope: signed(scopeBasisPoints),
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
