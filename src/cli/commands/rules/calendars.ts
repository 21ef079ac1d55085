import type { Command } from 'commander';
import type { WorkCalendar } from '../../../../domain/values/days/working-days.js';
import { exitCodes } from '../../../composition/exit-codes.js';
import { Client } from '../../client/client.js';
import { failure, usage } from '../../client/failure.js';
import { invalidFile, jsonOf, naming } from '../../input/files.js';
import { nearNames } from '../../input/near-names.js';
import {
  type AskOptions,
  askingOptions,
  clientOf,
  print,
  type SayOptions,
  saying,
  sayingOptions,
} from '../../input/options.js';
import type { Language, Terminal } from '../../terminal.js';
import { weekdayText } from '../../views/alerts/subscription-table.js';
import { groupOf, listOf } from '../../views/groups.js';
import { pairs, table } from '../../views/table.js';
import { columns, label } from '../../views/words.js';

interface AdoptOptions extends SayOptions {
  name?: string;
}

interface Calendars {
  items: WorkCalendar[];
}

/** `topout calendars`: the working days for deadlines and working hours. */
export function calendarsCommand(program: Command, terminal: Terminal): void {
  const group = groupOf(
    program,
    'calendars',
    'show and adopt working calendars',
    'Shows the working calendars by which deadlines and working hours are counted, and adopts others.',
  );
  askingOptions(listOf(group, 'list all calendars'), terminal).action(async (options: AskOptions) => {
    const answer = await clientOf(options).get<Calendars>('calendars');
    print(terminal, options, answer, ({ items }) => calendarTable(items, options.lang));
  });
  askingOptions(group.command('show <name>').summary('show one calendar year by year'), terminal)
    .description('Shows one calendar. With --json it prints a calendar that "calendars adopt" takes back.')
    .action(async (name: string, options: AskOptions) => {
      const { items } = (await clientOf(options).get<Calendars>('calendars')).body;
      const found = items.find((calendar) => calendar.name === name) ?? unknown(name, items);
      terminal.out(options.json ? JSON.stringify(found, null, 2) : calendarPage(found, options.lang));
    });
  const adopt = group.command('adopt <file>').summary('adopt a calendar');
  sayingOptions(askingOptions(adopt, terminal))
    .description('Adopts a calendar, as JSON; one of the same name is replaced; - reads standard input.')
    .option('--name <name>', 'its name (default: the "name" in the file)')
    .action(async (file: string, options: AdoptOptions) => {
      const { name, said } = calendarIn(file, options.name);
      const path = Client.path('calendars', name);
      const work = clientOf(options).put<WorkCalendar>(path, saying(said, options));
      const answer = await naming(file, work);
      print(terminal, options, answer, (body) => calendarTable([body], options.lang));
    });
}

/** Calendars, one line each. */
function calendarTable(calendars: readonly WorkCalendar[], language: Language): string {
  const counts = ['holidays', 'worked'] as const;
  return table(
    columns(['name', 'weekdays', ...counts, 'from', 'to'], language, counts),
    calendars.map((calendar) => {
      const days = [...calendar.holidays, ...calendar.workdays].sort();
      return [
        calendar.name,
        weekdaysText(calendar, language),
        String(calendar.holidays.length),
        String(calendar.workdays.length),
        days[0] ?? '-',
        days.at(-1) ?? '-',
      ];
    }),
  );
}

/** One calendar: its weekly holidays, then each year's days that differ from them. */
function calendarPage(calendar: WorkCalendar, language: Language): string {
  const { name, holidays, workdays } = calendar;
  const head = pairs([
    [label('name', language), name],
    [label('weekdays', language), weekdaysText(calendar, language)],
  ]);
  const years = [...new Set([...holidays, ...workdays].map((day) => day.slice(0, 4)))].sort();
  if (years.length === 0) return head;
  const ofYear = (days: readonly string[], year: string) =>
    days
      .filter((day) => day.startsWith(year))
      .map((day) => day.slice(5))
      .join(' ');
  const rows = years.map((year) => [year, ofYear(holidays, year), ofYear(workdays, year)]);
  return `${head}\n\n${table(columns(['year', 'holidays', 'worked'], language), rows)}`;
}

function weekdaysText({ freeWeekdays }: WorkCalendar, language: Language): string {
  const names = freeWeekdays.map((weekday) => weekdayText(weekday, language));
  return names.join(language === 'zh' ? '、' : ', ') || label('none', language);
}

function calendarIn(file: string, typedName: string | undefined): { name: string; said: object } {
  const example = '{"name": "site", "freeWeekdays": [0, 6], "holidays": ["2027-01-01"], "workdays": []}';
  const expected = { en: `a calendar such as ${example}`, zh: `日历，如 ${example}` };
  const found = jsonOf(file, expected);
  if (typeof found !== 'object' || found === null || Array.isArray(found)) {
    const seen = JSON.stringify(found).slice(0, 60);
    throw failure(exitCodes.refused, invalidFile, {
      en: `${file}: ${seen}; expected ${expected.en}.`,
      zh: `${file}：${seen}；应为${expected.zh}。`,
    });
  }
  const { name, ...said } = found as { name?: unknown };
  const chosen = typedName ?? name;
  if (typeof chosen !== 'string' || chosen === '')
    throw usage({
      en: `${file} names no calendar; expected a "name" in it, or --name NAME.`,
      zh: `${file} 没有写明日历名称；应在其中有“name”，或用 --name 名称。`,
    });
  return { name: chosen, said };
}

function unknown(name: string, calendars: readonly WorkCalendar[]): never {
  const known = calendars.map((calendar) => ({ id: calendar.name, names: [] }));
  const near = nearNames(name, known);
  const ids = known.map(({ id }) => id);
  const detail = {
    en: `There is no calendar "${name}"; expected one of ${ids.join(', ')}.${near.length > 0 ? ` Did you mean: ${near.join(', ')}?` : ''}`,
    zh: `没有日历“${name}”；应为 ${ids.join('、')} 之一。${near.length > 0 ? `是否为：${near.join('、')}？` : ''}`,
  };
  throw failure(exitCodes.notFound, { en: 'No such calendar', zh: '没有此日历' }, detail);
}
