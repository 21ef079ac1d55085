import { type Command, Option } from 'commander';
import type { AlertChoice, Timing, WorkingHours } from '../../../domain/governance/events.js';
import { type RuleKind, ruleKinds, type Severity, severities } from '../../../domain/governance/rules.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import { oneOfThese } from '../../../domain/values/rejections.js';
import type { Subscription } from '../client/answers.js';
import { invalid, usage } from '../client/failure.js';
import type { SayOptions } from './options.js';

/** The typed terms of a subscription. */
export interface WishOptions extends SayOptions {
  name?: string;
  project?: string[];
  district?: string[];
  sector?: string[];
  rule?: RuleKind[];
  atLeast?: Severity;
  role?: string[];
  atOnce?: true;
  daily?: string;
  weekly?: string;
  hours?: string;
  calendar?: string;
  language?: 'en' | 'zh';
  timeZone?: string;
}

/** A subscription's terms beside its channel. */
export type Wishes = Pick<Subscription, 'name' | 'choice' | 'timing'> &
  Partial<Pick<Subscription, 'hours' | 'language' | 'timeZone'>>;

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const clockTime = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Adds the options of selection and timing. */
export function wishOptions(command: Command): Command {
  const more = (value: string, before: string[] = []) => [...before, value];
  return command
    .optionsGroup('What is notified (all when none is given):')
    .option('--project <project>', 'alerts of this project; several times for several', more)
    .option('--district <district>', 'alerts of projects of this district', more)
    .option('--sector <sector>', 'alerts of projects of this sector', more)
    .addOption(
      new Option('--rule <rule>', `alerts of this rule: ${ruleKinds.join(', ')}`).argParser(
        (value: string, before: string[] = []) => {
          if (!ruleKinds.some((kind) => kind === value))
            throw invalid('--rule', value, oneOfThese(ruleKinds));
          return [...before, value];
        },
      ),
    )
    .addOption(new Option('--at-least <severity>', 'alerts that are this severe or more').choices(severities))
    .option('--role <role>', 'alerts under the duty of this role, such as leader', more)
    .optionsGroup('When:')
    .addOption(new Option('--at-once', 'as it happens (the default)').conflicts(['daily', 'weekly']))
    .addOption(new Option('--daily <time>', 'once a day at this time, such as 08:30').conflicts('weekly'))
    .option('--weekly <day,time>', 'once a week, such as mon,08:30')
    .option('--hours <from-to>', 'what is not red waits for these hours of working days, such as 08:30-17:30')
    .option('--calendar <name>', 'with --hours: the working calendar (default: china)')
    .option('--time-zone <zone>', 'the time zone of these times (default: Asia/Shanghai)')
    .optionsGroup('How:')
    .option('--name <name>', 'what it is called (default: the host or domain)')
    .addOption(
      new Option('--language <language>', 'language of the notices (default: that of --lang)').choices([
        'en',
        'zh',
      ]),
    );
}

/** The typed terms, with the current ones as defaults. */
export function wishesOf(options: WishOptions, before: Wishes): Wishes {
  const { name = before.name, language = before.language, timeZone = before.timeZone } = options;
  return {
    name,
    choice: { ...before.choice, ...choiceOf(options) },
    timing: timingOf(options) ?? before.timing,
    hours: hoursOf(options, before.hours),
    language,
    timeZone,
  };
}

function choiceOf({ project, district, sector, rule, atLeast, role }: WishOptions): AlertChoice {
  return omitUndefined({
    projects: project,
    districts: district,
    sectors: sector,
    rules: rule,
    atLeast,
    roles: role,
  });
}

function timingOf({ atOnce, daily, weekly }: WishOptions): Timing | undefined {
  if (atOnce) return { kind: 'at-once' };
  if (daily !== undefined) {
    if (!clockTime.test(daily))
      throw invalid('--daily', daily, { en: 'a time of day such as 08:30', zh: '一天中的时刻，如 08:30' });
    return { kind: 'daily', at: daily };
  }
  if (weekly === undefined) return undefined;
  const [day = '', at = ''] = weekly.toLowerCase().split(/[, ]+/);
  const weekday = weekdays.indexOf(day.slice(0, 3));
  if (weekday < 0 || !clockTime.test(at))
    throw invalid('--weekly', weekly, {
      en: 'a weekday and a time such as mon,08:30',
      zh: '星期和时刻，如 mon,08:30',
    });
  return { kind: 'weekly', weekday, at };
}

function hoursOf(
  { hours, calendar }: WishOptions,
  before: WorkingHours | undefined,
): WorkingHours | undefined {
  if (hours === undefined) {
    if (calendar === undefined || before)
      return before && { ...before, calendar: calendar ?? before.calendar };
    throw usage({
      en: '--calendar says nothing by itself; expected it beside --hours.',
      zh: '--calendar 不能单独使用；应与 --hours 同用。',
    });
  }
  const [from = '', to = '', ...rest] = hours.split('-');
  if (!clockTime.test(from) || !clockTime.test(to) || rest.length > 0)
    throw invalid('--hours', hours, {
      en: 'two times of day such as 08:30-17:30',
      zh: '一天中的两个时刻，如 08:30-17:30',
    });
  return { from, to, calendar: calendar ?? before?.calendar ?? 'china' };
}
