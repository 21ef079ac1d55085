import type { AlertChoice, Timing, WorkingHours } from '../../../../domain/governance/events.js';
import { bracketed, inRow } from '../../../../domain/values/punctuation.js';
import type { Subscription } from '../../client/answers.js';
import { shortIds } from '../../input/ids.js';
import type { Language } from '../../terminal.js';
import { instant } from '../figures.js';
import { pairs, table } from '../table.js';
import { columns, either, type Label, label, term } from '../words.js';

/** Subscriptions, one line each. */
export function subscriptionTable(subscriptions: readonly Subscription[], language: Language): string {
  if (subscriptions.length === 0) return either(language, 'No subscriptions.', '没有订阅。');
  const short = shortIds(subscriptions.map(({ subscription }) => subscription));
  return table(
    columns(['name', 'channel', 'choice', 'timing', 'standing', 'waiting', 'id'], language, ['waiting']),
    subscriptions.map((one) => [
      one.name,
      whereTo(one),
      choiceText(one.choice, language),
      inRow([timingText(one.timing, language), hoursText(one.hours, language)].filter(Boolean), language),
      term(one.status, language),
      String(one.waiting),
      short(one.subscription),
    ]),
  );
}

/** One subscription in full. */
export function subscriptionPage(one: Subscription, language: Language): string {
  const { because, waiting, nextAt } = one;
  const waits = nextAt
    ? either(language, `${waiting}, tried at ${instant(nextAt)}`, `${waiting}，${instant(nextAt)} 发送`)
    : String(waiting);
  const rows: [Label, string][] = [
    ['name', one.name],
    ['channel', `${term(one.channel.kind, language)} ${whereTo(one)}`],
    ['inClear', inClearText(one, language)],
    ['choice', choiceText(one.choice, language)],
    ['timing', timingText(one.timing, language)],
    ['hours', hoursText(one.hours, language)],
    ['timeZone', one.timeZone],
    ['language', one.language],
    [
      'standing',
      because
        ? bracketed(
            term(one.status, language),
            [because.why, instant(because.at)].join(either(language, ', ', '，')),
            language,
          )
        : term(one.status, language),
    ],
    ['limited', limitedText(one, language)],
    ['confirmation', confirmationText(one, language)],
    ['waiting', waits],
    ['by', bracketed(one.by, instant(one.addedAt), language)],
    ['since', either(language, `what happens after position ${one.since}`, `位置 ${one.since} 之后的事项`)],
    ['id', one.subscription],
  ];
  return pairs(rows.filter(([, text]) => text !== '').map(([name, text]) => [label(name, language), text]));
}

/** How the roles of the person who added it narrow it. */
function limitedText({ limited }: Subscription, language: Language): string {
  switch (limited) {
    case 'no-role':
      return either(
        language,
        'nothing is sent: the person who added it has no role that includes subscriptions',
        '不发送通知：添加人没有含订阅权限的角色',
      );
    case 'no-project':
      return either(
        language,
        'nothing is sent: the roles of the person who added it include none of these projects',
        '不发送通知：添加人的角色不含所选项目',
      );
    case 'roles':
      return either(
        language,
        'only projects that the roles of the person who added it include',
        '仅限添加人角色范围内的项目',
      );
    default:
      return '';
  }
}

/** Which alerts are notified. */
export function choiceText(choice: AlertChoice, language: Language): string {
  const { projects, districts, sectors, rules, atLeast, roles } = choice;
  const lists: [Label, readonly string[] | undefined][] = [
    ['project', projects],
    ['district', districts],
    ['sector', sectors],
    ['rule', rules],
    ['role', roles],
  ];
  const parts = lists.flatMap(([name, values]) =>
    values ? [`${label(name, language)} ${values.join(language === 'zh' ? '或' : ' or ')}`] : [],
  );
  const severe = atLeast
    ? [either(language, `${atLeast} or more severe`, `${label(atLeast, language)}色及以上`)]
    : [];
  return [...parts, ...severe].join(either(language, '; ', '；')) || either(language, 'all', '全部');
}

function timingText(timing: Timing, language: Language): string {
  switch (timing.kind) {
    case 'at-once':
      return either(language, 'immediately', '即时');
    case 'daily':
      return either(language, `daily at ${timing.at}`, `每天 ${timing.at}`);
    case 'weekly':
      return either(
        language,
        `${weekdayText(timing.weekday, language)}s at ${timing.at}`,
        `每${weekdayText(timing.weekday, language)} ${timing.at}`,
      );
  }
}

/** The name of a weekday; 0 is Sunday. */
export function weekdayText(weekday: number, language: Language): string {
  const en = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
  const zh = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];
  return (language === 'zh' ? zh : en)[weekday] ?? String(weekday);
}

function hoursText(hours: WorkingHours | undefined, language: Language): string {
  if (!hours) return '';
  const { from, to, calendar } = hours;
  return either(
    language,
    `${from} to ${to} (${calendar}), red at any time`,
    `${from} 至 ${to}（${calendar}），红色预警随时通知`,
  );
}

/** The pending confirmation of a mail address. */
function confirmationText({ confirmation, subscription }: Subscription, language: Language): string {
  if (!confirmation) return '';
  const [asked, until] = [instant(confirmation.askedAt), instant(confirmation.confirmBy)];
  return either(
    language,
    `asked by mail at ${asked}, good until ${until}; nothing else is sent before. Ask again: topout subscriptions confirm ${subscription}`,
    `${asked} 已发送确认邮件，有效期至 ${until}；确认前不发送其他邮件。重新发送：topout subscriptions confirm ${subscription}`,
  );
}

/** Instructions for a URL that an earlier version recorded unsealed. */
function inClearText({ channel, subscription }: Subscription, language: Language): string {
  if (channel.kind !== 'webhook' || !channel.isInClear) return '';
  return either(
    language,
    `The log holds this URL as it is, from an earlier version. Give the receiver a new one, then: topout subscriptions change ${subscription} --webhook URL`,
    `此网址由旧版本以明文记录在日志中。请先在接收方更换网址，再执行：topout subscriptions change ${subscription} --webhook URL`,
  );
}

function whereTo({ channel }: Subscription): string {
  return channel.kind === 'webhook' ? channel.url : channel.address;
}
