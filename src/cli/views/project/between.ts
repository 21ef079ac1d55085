import { dayWords } from '../../../../domain/values/day-words.js';
import { bracketed, labelled, listed } from '../../../../domain/values/punctuation.js';
import { shownEffects, type TotalEffect } from '../../../../projections/portfolio/between.js';
import type { TotalChanges } from '../../client/answers.js';
import type { Language } from '../../terminal.js';
import { percent, points } from '../figures.js';
import { table } from '../table.js';
import { columns, either, label, term } from '../words.js';

type Mean = TotalChanges['completion']['percent'];
type Project = TotalChanges['items'][number];

/** Projects between two moments: the means, the lights, every project with a difference, and its new entries. */
export function betweenText(changes: TotalChanges, language: Language): string {
  const { from, to, completion, items, unchanged } = changes;
  const moment = (zh: boolean, { asOf, knownAt }: typeof from) =>
    zh
      ? `${dayWords(asOf).zh}（已知至位置 ${knownAt.position}）`
      : `${dayWords(asOf).en} (known at position ${knownAt.position})`;
  const moments = either(
    language,
    `From ${moment(false, from)} to ${moment(false, to)}.`,
    `自 ${moment(true, from)}至 ${moment(true, to)}。`,
  );
  if (from.asOf === to.asOf && from.knownAt.position === to.knownAt.position)
    return `${either(language, 'The two moments are the same.', '两个时点相同。')}\n\n${moments}`;
  const means = [completion.percent, completion.floor, completion.ceiling];
  const shown = shownEffects.filter(
    (effect) =>
      effect === 'work' ||
      effect === 'scope' ||
      means.some((mean) => (mean[`${effect}BasisPoints`] ?? 0) !== 0),
  );
  return [
    meansTable(completion, shown, language),
    lightsText(changes, language),
    projectsTable(items, shown, language),
    entriesTable(items, language),
    unchanged.length > 0
      ? either(
          language,
          `Unchanged (${unchanged.length}): ${unchanged.map(({ name }) => name).join(', ')}`,
          `没有变化（${unchanged.length} 个）：${unchanged.map(({ name }) => name).join('、')}`,
        )
      : '',
    moments,
  ]
    .filter(Boolean)
    .join('\n\n');
}

function meansTable(
  { percent: ofPercent, floor, ceiling }: TotalChanges['completion'],
  shown: readonly TotalEffect[],
  language: Language,
): string {
  const row = (name: string, mean: Mean) => [
    name,
    figure(mean.from, language),
    figure(mean.to, language),
    ...[mean.byBasisPoints, ...shown.map((effect) => mean[`${effect}BasisPoints`])].map((by) =>
      by === null ? '-' : points(by, language),
    ),
  ];
  return table(heading('figure', shown, language), [
    row(label('percent', language), ofPercent),
    row(label('stated', language), floor),
    row(label('atMost', language), ceiling),
  ]);
}

function heading(first: 'figure' | 'project', shown: readonly TotalEffect[], language: Language) {
  const effects = ['change', ...shown.map((effect) => `${effect}Effect` as const)] as const;
  return [
    ...columns([first], language),
    { head: 'A', align: 'right' as const },
    { head: 'B', align: 'right' as const },
    ...columns(effects, language, effects),
  ];
}

function figure(basisPoints: number | null, language: Language): string {
  return basisPoints === null ? '-' : percent(basisPoints, language);
}

/** The lights at both moments; those under the new rules alone too, where the rules changed. */
function lightsText({ from, to, lights }: TotalChanges, language: Language): string {
  const counts = (of: typeof lights.from) =>
    listed(
      (['red', 'yellow', 'blue', 'none'] as const)
        .filter((light) => of[light] > 0)
        .map((light) => `${label(light, language)} ${of[light]}`),
      language,
    ) || '-';
  const [before, rules] = [from.versions.rules, to.versions.rules];
  const moved = `${labelled(label('light', language), counts(lights.from), language)} → ${counts(lights.to)}`;
  if (before === rules) return moved;
  const alone = counts(lights.underNewRules);
  return either(
    language,
    `${moved} (rules ${before} → ${rules}; the new rules alone: ${alone})`,
    `${moved}（规则 ${before} → ${rules}；仅换规则：${alone}）`,
  );
}

function projectsTable(items: readonly Project[], shown: readonly TotalEffect[], language: Language): string {
  if (items.length === 0) return either(language, 'No project changed.', '没有项目发生变化。');
  return table(
    heading('project', shown, language),
    items.map((project) => {
      const { from, to, completion } = project;
      const split = completion.percent;
      const isKnown = from !== 'unregistered' && from !== 'parked' && to !== 'parked';
      const effectOf = (effect: TotalEffect) =>
        effect === 'joined' || effect === 'left' ? null : split[`${effect}BasisPoints`];
      return [
        project.name,
        from === 'counted' ? percent(split.from, language) : `${percent(split.from, language)} *`,
        to === 'counted' ? percent(split.to, language) : `${percent(split.to, language)} *`,
        isKnown ? points(split.byBasisPoints, language) : '-',
        ...shown.map((effect) => {
          const by = isKnown ? effectOf(effect) : null;
          if (by !== null) return points(by, language);
          const isIt =
            (effect === 'joined' && from !== 'counted' && to === 'counted') ||
            (effect === 'left' && from === 'counted' && to !== 'counted');
          return isIt ? term(effect === 'joined' ? from : to, language) : '';
        }),
      ];
    }),
  );
}

function entriesTable(items: readonly Project[], language: Language): string {
  const lines = items.flatMap(({ name, entries }) =>
    entries.map(({ asOf, kind, words, unmoved }) => [
      name,
      asOf,
      term(kind, language),
      unmoved === undefined ? words : bracketed(words, unmoved, language),
    ]),
  );
  if (lines.length === 0) return '';
  return table(columns(['project', 'asOf', 'kind', 'what'], language), lines);
}
