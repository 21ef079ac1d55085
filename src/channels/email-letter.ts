import { severities } from '../../domain/governance/rules.js';
import { markedDayWords } from '../../domain/values/day-marks.js';
import { dayWords } from '../../domain/values/day-words.js';
import type { Words } from '../../domain/values/words.js';
import { headlineWords, severityWords } from '../../projections/alerts/happening-words.js';
import { happened, labels, phrases } from './email-phrases.js';
import { plain } from './email-plain.js';
import type { Letter, LetterAlert, Notice, NoticeItem } from './notice.js';

type Language = Notice['language'];

const most = { subjectName: 60, name: 200, sentence: 2_000, remark: 500, items: 500 };

/** The letter for a notice; only http and https links are included. */
export function letterOf(notice: Notice): Letter {
  const { language, items } = notice;
  const shown = items.slice(0, most.items);
  const links = notice.links && linksOf(notice.links);
  const say = phrases[language];
  const clock = clockOf(notice.timeZone);
  const unshown = items.length - shown.length;
  return {
    language,
    // A name that looks like an encoded word would be decoded by the mail client, including line breaks (RFC 2047).
    subject: subjectOf(notice).replaceAll('=?', '= ?'),
    opening: say.opening(notice.kind, items.length),
    groups: [...byProject(shown)].map((group) => ({
      project: projectName(group[0], language),
      alerts: group.map((item) => alertOf(item, language, clock)),
    })),
    remarks: [
      ...notice.remarks.map((remark) => plain(remark[language], most.remark)),
      ...(unshown > 0 ? [say.unshown(unshown)] : []),
    ],
    ...(links ? { links } : {}),
    closing: {
      alerts: say.allAlerts,
      unsubscribe: say.unsubscribe,
      sent: say.sent(clock(notice.at)),
    },
  };
}

function subjectOf({ kind, language, items }: Notice): string {
  const say = phrases[language];
  const groups = byProject(items);
  const [first] = groups;
  if (kind === 'test' || !first) return `[${say.test}] ${say.testSubject}`;
  const latest = [...new Map(items.map((item) => [item.alert, item])).values()];
  const standing = latest.filter((item) => !isCleared(item)).map((item) => severities.indexOf(item.severity));
  const severity = severities[Math.max(-1, ...standing)];
  const mark = severity === undefined ? say.cleared : severityWords[severity][language];
  const name = plain(first[0].projectName[language], most.subjectName);
  const [only] = latest;
  if (latest.length > 1 || !only) return `[${mark}] ${say.several(latest.length, name, groups.length)}`;
  const what = headlineOf(only, language);
  return `[${mark}] ${say.one(name, isCleared(only) ? say.isOver(what) : what)}`;
}

function alertOf(item: NoticeItem, language: Language, clock: Clock): LetterAlert {
  const label = labels[language];
  const say = phrases[language];
  const colour = severityWords[item.severity][language];
  const what = happened(item.type, language);
  const duty =
    item.duty &&
    say.duty(plain(item.duty[language], most.sentence), item.dueOn && dayWords(item.dueOn)[language]);
  const lines: [string, string | undefined][] = [
    [label.since, markedDayWords(item.since, item.sinceExactness)[language]],
    [label.why, item.reason[language]],
    [label.clears, item.clears?.[language]],
    [label.duty, duty],
    [label.rests, say.rests(item.rulesVersion, item.evidence.length)],
    [label.recorded, clock(item.recordedAt)],
  ];
  return {
    severity: isCleared(item) ? null : item.severity,
    headline: `[${isCleared(item) ? say.cleared : colour}] ${headlineOf(item, language)}${say.dash}${what}`,
    lines: lines.flatMap(([name, text]) =>
      text === undefined ? [] : [{ label: name, text: plain(text, most.sentence) }],
    ),
  };
}

function headlineOf(item: NoticeItem, language: Language): string {
  return plain(headlineWords(item, () => undefined)[language], most.name);
}

const isCleared = (item: NoticeItem) => item.type === 'AlertCleared';

/** The items grouped by project, the most serious project first; within a project in their order. */
function byProject(items: readonly NoticeItem[]): [NoticeItem, ...NoticeItem[]][] {
  const groups = Map.groupBy(items, ({ project }) => project);
  const worst = (group: NoticeItem[]) =>
    Math.max(...group.map((item) => (isCleared(item) ? -1 : severities.indexOf(item.severity))));
  return [...groups.values()].sort((one, other) => worst(other) - worst(one)) as [
    NoticeItem,
    ...NoticeItem[],
  ][];
}

/** A name in the reader's language, followed by the one in the other language. */
function projectName({ projectName: name }: NoticeItem, language: Language): string {
  const words: Words = { en: plain(name.en, most.name), zh: plain(name.zh, most.name) };
  if (words.en === words.zh) return words.en;
  return language === 'zh' ? `${words.zh}（${words.en}）` : `${words.en} (${words.zh})`;
}

type Clock = (instant: string) => string;

/** Formats instants as local time with the zone; in UTC if the zone is unknown. */
function clockOf(timeZone: string): Clock {
  try {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    return (instant) => `${format.format(new Date(instant))} (${timeZone})`;
  } catch {
    return (instant) => `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} (UTC)`;
  }
}

function linksOf(links: { alerts: string; unsubscribe: string }): Letter['links'] {
  const [alerts, unsubscribe] = [links.alerts, links.unsubscribe].map((link) => URL.parse(link));
  const isWeb = (url: URL | null | undefined) => url?.protocol === 'https:' || url?.protocol === 'http:';
  return alerts && unsubscribe && isWeb(alerts) && isWeb(unsubscribe)
    ? { alerts: alerts.href, unsubscribe: unsubscribe.href }
    : undefined;
}
