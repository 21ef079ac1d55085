import { type Command, Option } from 'commander';
import { markedDay, markedDayWords } from '../../../domain/values/day-marks.js';
import { dayWords } from '../../../domain/values/day-words.js';
import { whenWords } from '../../../domain/values/when.js';
import { spaced } from '../../../domain/values/words.js';
import { type Effect, effects } from '../../../projections/changes/effects.js';
import type { FigureChange } from '../../../projections/changes/split.js';
import type { Changes, TotalChanges } from '../client/answers.js';
import { Client, type Query } from '../client/client.js';
import { askedOf } from '../input/near-projects.js';
import { askingOptions, clientOf, type MomentOptions, momentQuery, print } from '../input/options.js';
import type { Language, Terminal } from '../terminal.js';
import { betweenText } from '../views/between.js';
import { money, moneyMoved, percent, points } from '../views/figures.js';
import { plain, table } from '../views/table.js';
import { columns, either, label, spoken, stallText, targetText, term, told } from '../views/words.js';

const examples = (calledAs: string): string => `Examples (they work on the example district):
  ${calledAs} changes huaao-2 --from 2018-05-31
  ${calledAs} changes --as-of 2018-05-31 --known-at 60 --to-as-of 2018-06-30`;

interface ChangesOptions extends MomentOptions {
  from?: string;
  to?: string;
  clock: 'asOf' | 'knownAt';
  toAsOf?: string;
  toKnownAt?: string;
}

/** `topout changes`: the differences between two moments, of one project or of all. */
export function changesCommand(program: Command, terminal: Terminal): void {
  askingOptions(program.command('changes [project]'), terminal)
    .summary('show what changed between two moments')
    .description(
      'Shows what is different between two days, or between what was known at two moments, and by which entries. Without a project: of all projects, between two moments of both clocks.',
    )
    .option(
      '--from <moment>',
      'the earlier moment on the clock: a day; or with --clock knownAt a position or an instant',
    )
    .option('--to <moment>', 'the later moment (default: now)')
    .addOption(
      new Option('--clock <clock>', 'the clock that --from and --to are read on')
        .choices(['asOf', 'knownAt'])
        .default('asOf'),
    )
    .option('--as-of <day>', 'with --clock knownAt: the day to answer about')
    .option('--known-at <moment>', 'with --clock asOf: what was known then')
    .option('--to-as-of <day>', 'without a project: the day of the later moment')
    .option('--to-known-at <moment>', 'without a project: what was known at the later moment')
    .addHelpText('after', `\n${examples(terminal.calledAs)}`)
    .action(async (project: string | undefined, options: ChangesOptions, command: Command) => {
      const client = clientOf(options);
      const { from, to, clock } = options;
      if (project === undefined) {
        const answer = await client.get<TotalChanges>(
          'portfolio/changes',
          await bothMoments(client, options),
        );
        return print(terminal, options, answer, (body) => betweenText(body, options.lang));
      }
      if (from === undefined) command.error("error: required option '--from <moment>' not specified");
      const query = { ...(await momentQuery(client, options)), from, to, clock };
      const answer = await askedOf(client, project, () =>
        client.get<Changes>(Client.path('projects', project, 'changes'), query),
      );
      print(terminal, options, answer, (body) => changesText(body, options.lang));
    });
}

/** Both moments in the form of the service; --from and --to name points of one clock, the other options the rest. */
async function bothMoments(client: Client, options: ChangesOptions): Promise<Query> {
  const { from, to, clock, toAsOf, toKnownAt } = options;
  const { asOf, knownAt } = await momentQuery(client, options);
  const later = await momentQuery(client, { ...options, asOf: toAsOf });
  return clock === 'knownAt'
    ? { asOf, knownAt: from ?? knownAt, toAsOf: later.asOf ?? asOf, toKnownAt: to ?? toKnownAt }
    : { asOf: from ?? asOf, knownAt, toAsOf: to ?? later.asOf, toKnownAt: toKnownAt ?? (from && knownAt) };
}

/** Two moments compared: the figures, then items, money, stalls, forecasts and the entries that made the difference. */
export function changesText(changes: Changes, language: Language): string {
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
  const moments = either(
    language,
    `From ${dayWords(from.asOf).en} (known at position ${from.knownAt.position}) to ${dayWords(to.asOf).en} (known at position ${to.knownAt.position}).`,
    `自 ${dayWords(from.asOf).zh}（已知至位置 ${from.knownAt.position}）至 ${dayWords(to.asOf).zh}（已知至位置 ${to.knownAt.position}）。`,
  );
  const lines = otherLines(changes, language);
  return [figures, itemRows(changes, language), lines.join('\n'), entryRows(changes, language), moments]
    .filter(Boolean)
    .join('\n\n');
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
  return [name, percent(figure.from), percent(figure.to), ...moved];
}

function itemRows({ items }: Changes, language: Language): string {
  if (items.length === 0) return '';
  const shown = (basisPoints: number | null) => (basisPoints === null ? '-' : percent(basisPoints));
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
    ...(light ? [told(label('light', language), lightText(light, language), language)] : []),
    ...(investment
      ? [told(label('invested', language), investmentText(investment, language), language)]
      : []),
    ...(stage
      ? [told(label('stage', language), `${stageText(stage.from)} → ${stageText(stage.to)}`, language)]
      : []),
    ...(suspension
      ? [suspension.to ? line('Suspended.', '暂停建设。') : line('Resumed.', '恢复建设。')]
      : []),
    ...stallsOpened.map((stall) => {
      const from = markedDayWords(stall.from, stall.fromExactness);
      return line(
        `Stalled: ${stallText(stall, language)}, from ${from.en}`,
        `停滞：${stallText(stall, language)}，自 ${spaced(from.zh)}起`,
      );
    }),
    ...stallsCleared.map((stall) =>
      line(`Moves again: ${stallText(stall, language)}`, `恢复推进：${stallText(stall, language)}`),
    ),
    ...forecasts.map((forecast) =>
      told(
        label('forecasts', language),
        `${targetText(forecast, changes.items, language)} ${spoken(whenWords(forecast), language)}`,
        language,
      ),
    ),
    ...(plan
      ? [told(label('plan', language), `${plan.fromVersion ?? none} → ${plan.toVersion ?? none}`, language)]
      : []),
    ...(details.length > 0 ? [told(label('details', language), details.join(', '), language)] : []),
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
