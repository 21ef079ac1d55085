import type { Alert } from '../../domain/alerts/alert.js';
import type {
  AlertCause,
  AlertEventData,
  AlertEventType,
  Deadline,
  Silence,
  Subject,
} from '../../domain/alerts/events.js';
import type { Duty, RuleKind, Severity } from '../../domain/governance/rules.js';
import type { Names, Stage } from '../../domain/project/events.js';
import type { targetWords } from '../../domain/project/facts/forecast-given.js';
import { episodeCauseWords } from '../../domain/project/facts/stall-declared.js';
import { dayWords } from '../../domain/values/day-words.js';
import { nameWords, type Words } from '../../domain/values/words.js';

/** An event of an alert, recorded or planned. */
export type AlertSaid = { [T in AlertEventType]: { type: T; data: AlertEventData[T] } }[AlertEventType];

/** The name of a work item, if a plan names it. */
export type ItemNames = (item: string) => Names | undefined;

/** What identifies an alert in words: its rule, subject and, if known, cause and silence. */
export interface Headline {
  rule: RuleKind;
  subject: Subject;
  cause?: AlertCause;
  silence?: Silence;
}

/** The colours of the Chinese dispatch practice. */
export const severityWords: Readonly<Record<Severity, Words>> = {
  blue: { en: 'blue', zh: '蓝' },
  yellow: { en: 'yellow', zh: '黄' },
  red: { en: 'red', zh: '红' },
};

/** The names of the roles that the shipped rules give duties to. */
const roleWords: Readonly<Record<string, Words>> = {
  contact: { en: 'project contact', zh: '项目联系人' },
  supervisor: { en: 'supervising office', zh: '督办单位' },
  leader: { en: 'responsible leader', zh: '分管领导' },
};

/** The name of a role; of one that only an adopted ladder knows, the words of its duty. */
export function roleName({ role, words }: Duty): Words {
  return (Object.hasOwn(roleWords, role) ? roleWords[role] : undefined) ?? words;
}

/** The violation of a rule, in few words for a subject line. */
export const ruleWords: Readonly<Record<RuleKind, Words>> = {
  'declared-stall': { en: 'stalled', zh: '停工/受阻' },
  'silent-stall': { en: 'no progress', zh: '无进展' },
  unreported: { en: 'unreported', zh: '未上报' },
  'behind-plan': { en: 'behind plan', zh: '进度落后于计划' },
  'not-started': { en: 'not started', zh: '未按期开工' },
  'item-overdue': { en: 'work item overdue', zh: '工程部位逾期' },
  'stage-late': { en: 'stage overdue', zh: '阶段逾期' },
  'forecast-missed': { en: 'forecast missed', zh: '预计未兑现' },
  'forecast-slip': { en: 'forecast slip', zh: '预计推迟' },
  'money-gap': { en: 'money and progress apart', zh: '投资与进度不匹配' },
  'not-registered': { en: 'not in the statistics register', zh: '未入库' },
  'due-soon': { en: 'due soon', zh: '即将到期' },
};

/** The subject of an alert within its project; a work item by its name, if known. */
export function subjectWords(subject: Subject, names: ItemNames): Words {
  switch (subject.kind) {
    case 'project':
      return { en: 'the whole project', zh: '整个项目' };
    case 'item':
      return nameWords(names(subject.id), subject.id);
    case 'stall':
      return { en: `stall ${subject.id}`, zh: `停工/受阻 ${subject.id}` };
    case 'target': {
      const [id = '', isStart] = subject.id.split(':');
      const name = targets.get(id) ?? nameWords(names(id), id);
      return isStart ? { en: `start of ${name.en}`, zh: `${name.zh}开始` } : name;
    }
  }
}

/** The problem and its subject, as a part of a sentence: `stalled (financing)`, `work item overdue (Roof)`. */
export function headlineWords(alert: Headline, names: ItemNames): Words {
  const rule = ruleWords[alert.rule];
  const detail = detailWords(alert, names);
  return detail ? { en: `${rule.en} (${detail.en})`, zh: `${rule.zh}（${detail.zh}）` } : rule;
}

/**
 * An event of an alert, one sentence in each language.
 *
 * @param alert the alert right after the event
 */
export function happeningWords(event: AlertSaid, alert: Alert, names: ItemNames): Words {
  const what = headlineWords(alert, names);
  switch (event.type) {
    case 'AlertRaised': {
      const colour = severityWords[event.data.severity];
      const by = mutedWords(event.data.rule);
      const muted = event.data.mutedBy === undefined ? nothing : { en: `, ${by.en}`, zh: `（${by.zh}）` };
      const opening = event.data.opening;
      return opening === 1
        ? told(
            `Raised ${colour.en}${muted.en}, ${what.en}`,
            `发出${colour.zh}色预警${muted.zh}，${what.zh}`,
            event,
          )
        : told(
            `Opened again ${colour.en}${muted.en} (opening ${opening}), ${what.en}`,
            `再次发出${colour.zh}色预警${muted.zh}（第 ${opening} 次），${what.zh}`,
            event,
          );
    }
    case 'AlertEscalated': {
      const [from, to] = [severityWords[event.data.from], severityWords[event.data.to]];
      const why =
        event.data.because === 'deadline'
          ? { en: ' because nobody answered by the deadline', zh: '（逾期未答复）' }
          : nothing;
      return told(
        `From ${from.en} to ${to.en}${why.en}, ${what.en}`,
        `由${from.zh}色升级为${to.zh}色预警${why.zh}，${what.zh}`,
        event,
      );
    }
    case 'AlertRevised': {
      const colour = severityWords[event.data.severity];
      return told(
        `Goes on ${colour.en} for other facts, ${what.en}`,
        `依据已变化，仍为${colour.zh}色预警，${what.zh}`,
        event,
      );
    }
    case 'AlertReminded': {
      const colour = severityWords[alert.severity];
      const number = event.data.number;
      return told(
        `Reminder ${number}, still ${colour.en}, ${what.en}`,
        `第 ${number} 次提醒，仍为${colour.zh}色预警，${what.zh}`,
        event,
      );
    }
    case 'AlertAcknowledged': {
      const { name, dueOn, note } = event.data;
      const by = dayWords(dueOn);
      return {
        en: ended(`Taken on by ${name}, to be answered by ${by.en}${note ? `: ${note}` : ''}`, '.'),
        zh: ended(`${name}已认领，承诺 ${by.zh}前答复（含当日）${note ? `：${note}` : ''}`, '。'),
      };
    }
    case 'AlertSilenced': {
      const { until, reason } = event.data;
      return {
        en: ended(`Silenced until ${dayWords(until).en} (inclusive): ${reason}`, '.'),
        zh: ended(`至 ${dayWords(until).zh}（含当日）不再通知：${reason}`, '。'),
      };
    }
    case 'AlertMuted':
      return event.data.mutedBy === null
        ? { en: 'No longer muted: it is told again.', zh: '不再免报：恢复通知。' }
        : alert.rule === 'due-soon'
          ? {
              en: 'Muted: another alert explains it; it is kept and not told.',
              zh: '已免报：由另一预警解释；保留但不通知。',
            }
          : {
              en: 'Muted: a declared stall explains it; it is kept and not told.',
              zh: '已免报：由已申报的停工解释；保留但不通知。',
            };
    case 'AlertCleared': {
      const why = clearedBecause[event.data.because];
      return told(`Cleared${why.en}, ${what.en}`, `已解除${why.zh}，${what.zh}`, event);
    }
    case 'NoticeSent': {
      const channel = channelWords[event.data.channel];
      return {
        en: `Sent ${channel.en} at attempt ${event.data.attempt}.`,
        zh: `已${channel.zh}通知（第 ${event.data.attempt} 次尝试）。`,
      };
    }
    case 'NoticeFailed':
      return failedWords(event.data);
  }
}

/** Whose duty an alert is, and the last day to answer it. */
function dutyWords({ duty, dueOn }: Deadline): Words {
  const by = dayWords(dueOn);
  return { en: `${duty.words.en} by ${by.en}`, zh: `${duty.words.zh}，限期 ${by.zh}` };
}

const nothing: Words = { en: '', zh: '' };

/** By what an alert of a rule is muted: a day that is due soon also by the rule that takes over. */
export function mutedWords(rule: RuleKind): Words {
  return rule === 'due-soon'
    ? { en: 'muted by another alert', zh: '因另一预警而免报' }
    : { en: 'muted by a declared stall', zh: '因已申报停工而免报' };
}

const silenceWords: Readonly<Record<Silence, Words | null>> = {
  unreported: { en: 'nobody reported', zh: '无人上报' },
  'no-change': { en: 'reported: no change', zh: '上报无变化' },
  zero: { en: 'reported: zero', zh: '上报为零' },
  'nothing-rose': null,
};

const targets: ReadonlyMap<string, Words> = new Map(
  Object.entries({
    completion: { en: 'completion', zh: '完工' },
    production: { en: 'production', zh: '投产' },
    start: { en: 'start', zh: '开工' },
    opening: { en: 'opening', zh: '启用' },
    contracted: { en: 'contract', zh: '签约' },
    started: { en: 'start of works', zh: '开工' },
    built: { en: 'end of works', zh: '建成' },
    'trial-production': { en: 'trial production', zh: '试生产' },
    'trial-operation': { en: 'trial operation', zh: '试运营' },
    'in-production': { en: 'production', zh: '投产' },
    'opened-to-traffic': { en: 'opening to traffic', zh: '通车' },
    'in-use': { en: 'use', zh: '投用' },
    'handed-over': { en: 'handover', zh: '交付' },
    accepted: { en: 'acceptance', zh: '竣工验收' },
    'registered-in-statistics': { en: 'entry in the statistics register', zh: '入库' },
    suspended: { en: 'suspension', zh: '暂停建设' },
    resumed: { en: 'resumption', zh: '恢复建设' },
    cancelled: { en: 'cancellation', zh: '取消' },
  } satisfies Record<Stage | keyof typeof targetWords, Words>),
);

const clearedBecause: Readonly<Record<AlertEventData['AlertCleared']['because'], Words>> = {
  fact: nothing,
  correction: { en: ' by a correction', zh: '（更正）' },
  rules: { en: ' because the rules changed', zh: '（规则变更）' },
  lexicon: { en: ' because the lexicon changed', zh: '（词表变更）' },
};

const channelWords: Readonly<Record<AlertEventData['NoticeSent']['channel'], Words>> = {
  webhook: { en: 'by webhook', zh: '通过 Webhook ' },
  email: { en: 'by e-mail', zh: '通过邮件' },
};

function detailWords({ rule, subject, cause, silence }: Headline, names: ItemNames): Words | undefined {
  if (rule === 'declared-stall') return isStallCause(cause) ? episodeCauseWords[cause] : undefined;
  const about =
    subject.kind === 'item' || subject.kind === 'target' ? subjectWords(subject, names) : undefined;
  return about ?? (silence && rule === 'silent-stall' ? (silenceWords[silence] ?? undefined) : undefined);
}

function isStallCause(cause: AlertCause | undefined): cause is keyof typeof episodeCauseWords {
  return cause !== undefined && Object.hasOwn(episodeCauseWords, cause);
}

/** The event with its arithmetic, and whose duty it is if the event has it. */
function told(en: string, zh: string, { data }: { data: { reason: Words; deadline?: Deadline } }): Words {
  const duty = data.deadline && dutyWords(data.deadline);
  return {
    en: `${en}: ${duty ? `${open(data.reason.en)}; ${duty.en}.` : ended(data.reason.en, '.')}`,
    zh: `${zh}：${duty ? `${open(data.reason.zh)}；${duty.zh}。` : ended(data.reason.zh, '。')}`,
  };
}

function failedWords(data: AlertEventData['NoticeFailed']): Words {
  const { attempt, outcome, why, nextAt } = data;
  const channel = channelWords[data.channel];
  if (outcome === 'given-up')
    return {
      en: ended(`Given up ${channel.en} after attempt ${attempt}: ${why}`, '.'),
      zh: ended(`${channel.zh}通知已放弃（第 ${attempt} 次尝试后）：${why}`, '。'),
    };
  if (outcome === 'left-out')
    return {
      en: ended(`Not sent ${channel.en}: ${why}`, '.'),
      zh: `未${channel.zh}通知：等待期内情况已消除。`,
    };
  if (outcome === 'not-permitted')
    return {
      en: ended(`Not sent ${channel.en}: ${why}`, '.'),
      zh: `未${channel.zh}通知：订阅人的角色已不含该项目。`,
    };
  const next = nextAt === undefined ? nothing : { en: `; again at ${nextAt}`, zh: `；${nextAt} 再试` };
  return {
    en: `Not delivered ${channel.en} at attempt ${attempt}: ${open(why)}${next.en}.`,
    zh: `${channel.zh}通知未送达（第 ${attempt} 次尝试）：${open(why)}${next.zh}。`,
  };
}

function ended(text: string, stop: string): string {
  return /[.。!！?？]$/.test(text) ? text : `${text}${stop}`;
}

function open(text: string): string {
  return text.replace(/[.。]$/, '');
}
