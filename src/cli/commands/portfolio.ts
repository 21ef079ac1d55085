import { type Command, Option } from 'commander';
import { blockedWords } from '../../../domain/project/facts/stall-declared.js';
import { listed } from '../../../domain/values/punctuation.js';
import type { GroupAnnualPlan } from '../../../projections/portfolio/annual-sums.js';
import {
  investedOfYearWords,
  leftOutWords,
  plannedCoverage,
  unreportedWords,
} from '../../../projections/portfolio/annual-words.js';
import type { GroupInvestment } from '../../../projections/portfolio/portfolio.js';
import type { Portfolio } from '../client/answers.js';
import {
  askingOptions,
  clientOf,
  type MomentOptions,
  momentOptions,
  momentQuery,
  print,
} from '../input/options.js';
import type { Language, Terminal } from '../terminal.js';
import { momentLine, money, percent } from '../views/figures.js';
import { figuresHelp } from '../views/help-topics.js';
import { pairs, table } from '../views/table.js';
import { columns, either, label, spoken, term } from '../views/words.js';

type Group = Portfolio['total'];

interface PortfolioOptions extends MomentOptions {
  groupBy?: string;
}

const groupings = ['district', 'sector', 'stage', 'owner', 'phase'];

/** `topout portfolio`: totals over all projects, each with its coverage. */
export function portfolioCommand(program: Command, terminal: Terminal): void {
  const command = program.command('portfolio').summary('show totals over all projects');
  momentOptions(askingOptions(command, terminal))
    .description('Shows totals over all projects, each with how many projects it rests on.')
    .addOption(new Option('--group-by <what>', 'a line for each').choices(groupings))
    .addHelpText('after', `\n${figuresHelp}`)
    .action(async (options: PortfolioOptions) => {
      const client = clientOf(options);
      const query = { ...(await momentQuery(client, options)), groupBy: options.groupBy };
      const answer = await client.get<Portfolio>('portfolio', query);
      print(terminal, options, answer, (body) =>
        [
          portfolioTable(body, options.groupBy, options.lang),
          ...annualPlanLines(body, options.groupBy, options.lang),
          momentLine(body, options, options.lang),
        ].join('\n\n'),
      );
    });
}

/** One line per group and one for all. */
function portfolioTable(
  { groups, total }: Portfolio,
  groupBy: string | undefined,
  language: Language,
): string {
  const figures = ['projects', 'percent', 'stated', 'atMost'] as const;
  const heads = [...figures, 'invested', 'stalled', 'contradictions'] as const;
  const first = groupBy === undefined ? label('group', language) : term(groupBy, language);
  const shown =
    groupBy === undefined ? [] : groups.map((group) => row(keyOf(group, language), group, language));
  return table(
    [{ head: first }, ...columns(heads, language, [...figures, 'contradictions'])],
    [...shown, row(label('total', language), total, language)],
  );
}

/** The annual plans of each group and of all projects, and how many projects are left out. */
function annualPlanLines(
  { groups, total }: Portfolio,
  groupBy: string | undefined,
  language: Language,
): string[] {
  const named = groupBy === undefined ? [] : groups.map((group) => [keyOf(group, language), group] as const);
  const lines = [...named, [label('total', language), total] as const].flatMap(([name, group]) =>
    group.annualPlans.map((plan): [string, string] => [name, annualPlanText(plan, language)]),
  );
  const leftOut = leftOutWords(total.cancelled);
  return [
    ...(lines.length > 0 ? [`${label('annualPlan', language)}\n${pairs(lines)}`] : []),
    ...(leftOut ? [spoken(leftOut, language)] : []),
  ];
}

function annualPlanText(plan: GroupAnnualPlan, language: Language): string {
  const amount = (amountMinor: number, currency: string) => ({
    en: money(amountMinor, currency, 'en'),
    zh: money(amountMinor, currency, 'zh'),
  });
  const coverage = spoken(plannedCoverage(plan), language);
  const sum = money(plan.plannedMinor, plan.currency, language);
  const planned = either(
    language,
    `${sum} for ${plan.year} (${coverage})`,
    `${plan.year}年 ${sum}（${coverage}）`,
  );
  const invested = plan.invested.map((one) => spoken(investedOfYearWords(one, plan, amount), language));
  const unreported = unreportedWords(plan);
  return [
    planned,
    ...(invested.length > 0 ? invested : [either(language, 'nobody reported', '尚无填报')]),
    ...(unreported ? [spoken(unreported, language)] : []),
  ].join(' · ');
}

function keyOf({ key }: Group, language: Language): string {
  return key === null ? either(language, '(not said)', '（未说明）') : term(key, language);
}

function row(name: string, group: Group, language: Language): string[] {
  const { floorBasisPoints, percentBasisPoints, ceilingBasisPoints } = group.completion;
  const figures = [percentBasisPoints, floorBasisPoints, ceilingBasisPoints].map((points) =>
    points === null ? '-' : percent(points, language),
  );
  const { works, production, staffing } = group.stalled;
  const stalled = (
    [
      ['works', works],
      ['production', production],
      ['staffing', staffing],
    ] as const
  )
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${spoken(blockedWords[what], language)} ${count}`);
  const invested =
    group.investment.map((part) => investedText(part, language)).join(either(language, '; ', '；')) || '-';
  return [
    name,
    String(group.projects),
    ...figures,
    invested,
    listed(stalled, language) || '-',
    String(group.openContradictions),
  ];
}

function investedText(
  { sinceStartMinor, currency, reported, of, basis }: GroupInvestment,
  language: Language,
): string {
  const amount = money(sinceStartMinor, currency, language);
  const how = term(basis, language);
  return either(
    language,
    `${amount} (${reported} of ${of} projects reported, ${how})`,
    `${amount}（${of} 个项目中 ${reported} 个已上报，${how}）`,
  );
}
