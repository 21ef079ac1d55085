import type { Words } from '../../domain/values/words.js';
import type { Notice } from './notice.js';

type Language = Notice['language'];

/** Labels of the lines below an alert. */
export const labels = {
  en: {
    since: 'Since',
    why: 'Why',
    clears: 'Cleared by',
    duty: 'Duty',
    rests: 'Evidence',
    recorded: 'Recorded',
  },
  zh: { since: '起始', why: '原因', clears: '解除条件', duty: '责任要求', rests: '依据', recorded: '记录于' },
} as const;

/** The sentences of a letter. */
export interface Phrases {
  test: string;
  testSubject: string;
  cleared: string;
  dash: string;
  allAlerts: string;
  unsubscribe: string;
  one(project: string, what: string): string;
  /** A cleared problem, behind a check mark. */
  isOver(what: string): string;
  several(alerts: number, project: string, projects: number): string;
  opening(kind: Notice['kind'], happenings: number): string;
  duty(whose: string, dueOn: string | undefined): string;
  rests(rulesVersion: number, entries: number): string;
  unshown(count: number): string;
  sent(time: string): string;
}

export const phrases: Readonly<Record<Language, Phrases>> = {
  en: {
    test: 'test',
    testSubject: 'Notices of Topout arrive here',
    cleared: 'cleared',
    dash: ' – ',
    allAlerts: 'All alerts',
    unsubscribe: 'Unsubscribe',
    one: (project, what) => `${project}: ${what}`,
    isOver: (what) => what,
    several: (alerts, project, projects) =>
      projects === 1
        ? `${project}: ${alerts} alerts`
        : `${alerts} alerts: ${project} and ${counted(projects - 1, 'more project')}`,
    opening: (kind, happenings) =>
      ({
        'at-once': `${counted(happenings, 'change')} of alerts.`,
        digest: `Digest: ${counted(happenings, 'change')} of alerts, by project.`,
        test: 'This is a test: notices of this subscription arrive here. Nothing has happened.',
      })[kind],
    duty: (whose, dueOn) => (dueOn === undefined ? whose : `${whose}, by ${dueOn}`),
    rests: (rulesVersion, entries) =>
      `rules version ${rulesVersion}, ${counted(entries, 'entry', 'entries')}`,
    unshown: (count) => `${counted(count, 'further change')} not shown here.`,
    sent: (time) => `Sent ${time}.`,
  },
  zh: {
    test: '测试',
    testSubject: 'Topout 通知可送达此邮箱',
    cleared: '解除',
    dash: ' – ',
    allAlerts: '查看全部预警',
    unsubscribe: '退订',
    one: (project, what) => `${project}：${what}`,
    isOver: (what) => `${what}已解除`,
    several: (alerts, project, projects) =>
      projects === 1 ? `${project}：${alerts} 条预警` : `${alerts} 条预警：${project}等 ${projects} 个项目`,
    opening: (kind, happenings) =>
      ({
        'at-once': `预警有 ${happenings} 项变化。`,
        digest: `汇总：预警有 ${happenings} 项变化，按项目列出。`,
        test: '这是一封测试邮件：本订阅的通知将送达此处，没有发生任何事件。',
      })[kind],
    duty: (whose, dueOn) => (dueOn === undefined ? whose : `${whose}，限期 ${dueOn}`),
    rests: (rulesVersion, entries) => `第 ${rulesVersion} 版规则，${entries} 条记录`,
    unshown: (count) => `另有 ${count} 项变化未在此列出。`,
    sent: (time) => `发送于 ${time}。`,
  },
};

const happenings: ReadonlyMap<string, Words> = new Map([
  ['AlertRaised', { en: 'raised', zh: '发出预警' }],
  ['AlertEscalated', { en: 'more serious', zh: '升级' }],
  ['AlertReminded', { en: 'reminder, it is still open', zh: '提醒：仍未解除' }],
  ['AlertCleared', { en: 'cleared', zh: '已解除' }],
]);

/** The type of an event in a few words. */
export function happened(type: string, language: Language): string {
  return (happenings.get(type) ?? { en: 'changed', zh: '变更' })[language];
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
