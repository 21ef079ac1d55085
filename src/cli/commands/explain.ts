import type { Command } from 'commander';
import type { Explained, TotalExplained } from '../client/answers.js';
import { authorsOf } from '../client/authors.js';
import { Client } from '../client/client.js';
import { usage } from '../client/failure.js';
import { askedOf } from '../input/near-projects.js';
import { askingOptions, clientOf, type MomentOptions, momentOptions, momentQuery } from '../input/options.js';
import {
  type ProjectFilterOptions,
  projectFilterOptions,
  projectFilterQuery,
} from '../input/project-filter.js';
import type { Terminal } from '../terminal.js';
import { momentLine } from '../views/figures.js';
import { explanationText } from '../views/project/explanation.js';
import { totalExplanationText } from '../views/project/total-explanation.js';

const examples = (calledAs: string): string => `Figures:
  percent, floor, ceiling         completion; of an item or a group percent:ITEM, floor:ITEM, ceiling:ITEM
  planned, dated-percent, ahead   the plan on the day, and what is done of it
  light                           the light, by the alerts that are due
  alert:RULE/project              one alert, due or not; also alert:RULE/item/ITEM, alert:RULE/target/TARGET
                                  and alert:declared-stall/stall/STALL
  slip:TARGET, slip:ITEM:start    days by which the latest forecast is later than the plan, or than the first one
  contradictions                  how many are open, each with its entries
  moved:ENTRY                     days by which a forecast is later than the one before
  overdue:ITEM                    days since the planned finish
  baseline:VERSION:TARGET         days by which the plan is later than a baseline; baseline-forecast: the forecast
  stalled:works, stall:STALL      open stalls of works, production or staffing; days of a stall
  invested, share-of-plan         money since the start, and its share of the planned investment
  planned-investment              the planned investment; implied-investment by the stated share
  annual-plan, annual-invested    the annual plan, and what was invested in the year
  annual-share, annual-ahead      the share of the annual plan, less the elapsed part of the year
  month-target:MONTH              the target of a month; target-so-far:MONTH, month-invested:MONTH
  earned-value, planned-value     by the costs of the plan; also budget, actual-cost, spi and cpi
  money:ENTRY                     any other figure of money, by its entry

Totals:
  percent, floor, ceiling         the mean over the projects that have a plan
  invested:BASIS:CURRENCY         the sum of the money on one basis and in one currency
  annual-plan:CURRENCY            the annual plans; annual-invested:BASIS:CURRENCY, annual-share:BASIS:CURRENCY

Examples (they work on the example district):
  ${calledAs} explain huaao-2 --as-of 2018-06-30
  ${calledAs} explain huaao-2 ceiling:equipment
  ${calledAs} explain huaao-2 light
  ${calledAs} explain tengjun invested --known-at 60
  ${calledAs} explain --total invested:unknown:CNY --as-of 2018-06-30`;

interface ExplainOptions extends MomentOptions, ProjectFilterOptions {
  total?: string | true;
}

/** `topout explain`: one figure of a project, every number down to the entries; or one total, by the projects. */
export function explainCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('explain [project] [figure]')
    .summary('show where a figure comes from')
    .description(
      'Shows where a figure comes from: every number down to the entries, and the entries that do not count for it.',
    )
    .option('--total [figure]', 'a total over projects instead, by their figures (default: percent)');
  momentOptions(askingOptions(projectFilterOptions(command), terminal))
    .addHelpText('after', `\n${examples(terminal.calledAs)}`)
    .action(async (project: string | undefined, figure: string | undefined, options: ExplainOptions) => {
      if (options.total !== undefined) await explainTotal(terminal, project, options);
      else await explainFigure(terminal, project, { ...options, figure });
    });
}

async function explainFigure(
  terminal: Terminal,
  project: string | undefined,
  options: ExplainOptions & { figure: string | undefined },
): Promise<void> {
  if (project === undefined)
    throw usage({
      en: 'explain names nothing to explain; expected a project, or --total.',
      zh: '未指明要说明什么；应写项目，或用 --total。',
    });
  const [filter] = Object.entries(projectFilterQuery(options)).find(([, value]) => value !== undefined) ?? [];
  if (filter !== undefined)
    throw usage({
      en: `--${filter} selects the projects of a total; expected it beside --total.`,
      zh: `--${filter} 用于筛选合计中的项目；应与 --total 同用。`,
    });
  const client = clientOf(options);
  const query = { ...(await momentQuery(client, options)), figure: options.figure };
  const path = Client.path('projects', project, 'explanation');
  const { body, text } = await askedOf(client, project, () => client.get<Explained>(path, query));
  if (options.json) return terminal.out(text);
  const author = await authorsOf(client, options.lang);
  const explained = { ...body, entries: body.entries.map(author) };
  terminal.out(`${explanationText(explained, options.lang)}\n${momentLine(body, options, options.lang)}`);
}

async function explainTotal(
  terminal: Terminal,
  project: string | undefined,
  options: ExplainOptions,
): Promise<void> {
  if (project !== undefined)
    throw usage({
      en: `"${project}" beside --total; expected one of them.`,
      zh: `同时写了“${project}”和 --total；应只取其一。`,
    });
  const { total, lang } = options;
  const client = clientOf(options);
  const query = {
    ...(await momentQuery(client, options)),
    ...projectFilterQuery(options),
    figure: total === true ? undefined : total,
  };
  const { body, text } = await client.get<TotalExplained>('portfolio/explanation', query);
  if (options.json) return terminal.out(text);
  terminal.out(
    `${totalExplanationText(body, terminal.calledAs, lang)}\n\n${momentLine(body, options, lang)}`,
  );
}
