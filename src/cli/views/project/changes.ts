import { markedDay, markedDayWords } from '../../../../domain/values/day-marks.js';
import { dayWords } from '../../../../domain/values/day-words.js';
import { labelled, listed } from '../../../../domain/values/punctuation.js';
import { whenWords } from '../../../../domain/values/when.js';
import { spaced } from '../../../../domain/values/words.js';
import { type Effect, effects } from '../../../../projections/changes/effects.js';
import type { FigureChange } from '../../../../projections/changes/split.js';
import { fieldWords } from '../../../../projections/words/entry-words.js';
import type { Changes } from '../../client/answers.js';
import type { Language } from '../../terminal.js';
import { money, moneyMoved, percent, points } from '../figures.js';
import { plain, table } from '../table.js';
import { columns, either, label, spoken, stallText, targetText, term } from '../words.js';

/** Two moments compared: the figures, then items, money, stalls, forecasts and the entries that made the difference. */
export function changesText(changes: Changes, language: Language): string {
  const { from, to } = changes;
  const moments = either(
    language,
    `From ${dayWords(from.asOf).en} (known at position ${from.knownAt.position}) to ${dayWords(to.asOf).en} (known at position ${to.knownAt.position}).`,
    `自 ${dayWords(from.asOf).zh}（已知至位置 ${from.knownAt.position}）至 ${dayWords(to.asOf).zh}（已知至位置 ${to.knownAt.position}）。`,
  );
  return [...changedParts(changes, language), entryRows(changes, language), moments].join('\n\n');
}

/** What is different between two moments, without the entries: the figures, then items and the rest where they changed. */
export function changedParts(changes: Changes, language: Language): string[] {
  const { from, to, completion } = changes;
  const heads =
    from.asOf === to.asOf
      ? ([from, to].map((moment) => `@${moment.knownAt.position}`) as [string, string])
      : ([from.asOf, to.asOf] as const);
  const { percent: ofPercent, floor, ceiling } = completion;
  // A column of zeros for what rarely happens says nothing.
  const shown = effects.filter(
    (effect) =>
      effect === 'work' ||
      effect === 'scope' ||
      [ofPercent, floor, ceiling].some((figure) => figure[`${effect}BasisPoints`] !== 0),
  );
  const heading = ['change', ...shown.map((effect) => `${effect}Effect` as const)] as const;
  const figures = table(
    [
      ...columns(['figure'], language),
      { head: heads[0], align: 'right' },
      { head: heads[1], align: 'right' },
      ...columns(heading, language, heading),
    ],
    [
      figureRow(label('percent', language), ofPercent, shown, language),
      figureRow(label('stated', language), floor, shown, language),
      figureRow(label('atMost', language), ceiling, shown, language),
    ],
  );
  const lines = otherLines(changes, language);
  return [figures, itemRows(changes, language), lines.join('\n')].filter(Boolean);
}

function figureRow(
  name: string,
  figure: FigureChange,
  shown: readonly Effect[],
  language: Language,
): string[] {
  const moved = [figure.byBasisPoints, ...shown.map((effect) => figure[`${effect}BasisPoints`])].map((by) =>
    points(by, language),
  );
  return [name, percent(figure.from, language), percent(figure.to, language), ...moved];
}

function itemRows({ items }: Changes, language: Language): string {
  if (items.length === 0) return '';
  const shown = (basisPoints: number | null) => (basisPoints === null ? '-' : percent(basisPoints, language));
  return table(
    columns(['item', 'name', 'from', 'to', 'kind'], language, ['from', 'to']),
    items.map(({ item, name, fromBasisPoints, toBasisPoints, kind }) => [
      item,
      name,
      shown(fromBasisPoints),
      shown(toBasisPoints),
      term(kind, language),
    ]),
  );
}

function lightText(light: NonNullable<Changes['light']>, language: Language): string {
  const { from, underNewRules, to, fromRulesVersion, toRulesVersion } = light;
  const name = (one: typeof from) => (one ? label(one, language) : label('none', language));
  const moved = `${name(from)} → ${name(to)}`;
  if (fromRulesVersion === toRulesVersion) return moved;
  return either(
    language,
    `${moved} (rules ${fromRulesVersion} → ${toRulesVersion}; the new rules alone: ${name(underNewRules)})`,
    `${moved}（规则 ${fromRulesVersion} → ${toRulesVersion}；仅换规则：${name(underNewRules)}）`,
  );
}

function otherLines(changes: Changes, language: Language): string[] {
  const { investment, stage, suspension, stallsOpened, stallsCleared, forecasts, plan, details } = changes;
  const { grown = [], light } = changes;
  const line = (en: string, zh: string) => either(language, en, zh);
  const none = label('none', language);
  const stageText = (one: NonNullable<typeof stage>['from']) => (one ? term(one.stage, language) : none);
  return [
    ...grown.map(({ words }) => plain(words)),
    ...(light ? [labelled(label('light', language), lightText(light, language), language)] : []),
    ...(investment
      ? [labelled(label('invested', language), investmentText(investment, language), language)]
      : []),
    ...(stage
      ? [labelled(label('stage', language), `${stageText(stage.from)} → ${stageText(stage.to)}`, language)]
      : []),
    ...(suspension
      ? [suspension.to ? line('Suspended.', '暂停建设。') : line('Resumed.', '恢复建设。')]
      : []),
    ...stallsOpened.map((stall) => {
      const from = markedDayWords(stall.from, stall.fromExactness);
      return line(
        `Stalled: ${stallText(stall, language)}, from ${from.en}`,
        `停工/受阻：${stallText(stall, language)}，自 ${spaced(from.zh)}起`,
      );
    }),
    ...stallsCleared.map((stall) =>
      line(`Moves again: ${stallText(stall, language)}`, `恢复推进：${stallText(stall, language)}`),
    ),
    ...forecasts.map((forecast) =>
      labelled(
        label('forecasts', language),
        `${targetText(forecast, changes.items, language)} ${spoken(whenWords(forecast), language)}`,
        language,
      ),
    ),
    ...(plan
      ? [
          labelled(
            label('plan', language),
            `${plan.fromVersion ?? none} → ${plan.toVersion ?? none}`,
            language,
          ),
        ]
      : []),
    ...(details.length > 0
      ? [
          labelled(
            label('details', language),
            listed(
              details.map((field) => fieldWords(field)[language]),
              language,
            ),
            language,
          ),
        ]
      : []),
  ];
}

function investmentText(
  { fromMinor, toMinor, byMinor, currency }: NonNullable<Changes['investment']>,
  language: Language,
): string {
  const shown = (minor: number | null) =>
    minor === null || currency === null ? '-' : money(minor, currency, language);
  const by = byMinor === null || currency === null ? '' : ` (${moneyMoved(byMinor, currency, language)})`;
  return `${shown(fromMinor)} → ${shown(toMinor)}${by}`;
}

function entryRows({ entries }: Changes, language: Language): string {
  if (entries.length === 0) return either(language, 'No entry makes a difference.', '没有变化的记录。');
  return table(
    columns(['asOf', 'kind', 'what', 'entry'], language),
    entries.map((entry) => [
      markedDay(entry.asOf, entry, language),
      term(entry.kind, language),
      term(entry.type, language),
      entry.id,
    ]),
  );
}
