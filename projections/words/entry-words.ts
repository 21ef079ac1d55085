import type {
  EventData,
  EventType,
  Measure,
  ProjectDetails,
  Stage,
  StallCause,
  WorkItem,
} from '../../domain/project/events.js';
import type { Day } from '../../domain/values/calendar.js';
import { lexiconWord } from '../../domain/values/lexicon.js';
import {
  blockedWords,
  causeWords,
  joined,
  moneyWords,
  monthWords,
  nameWords,
  percentText,
  periodWords,
  type Words,
} from './words.js';

/** What is known when an entry is put into words. */
export interface Speaker {
  item(id: string): WorkItem | undefined;
  causeOf(stall: string): StallCause | undefined;
  /** The words of another entry. */
  entry(id: string): Words | undefined;
}

/** An event with the day it is about. */
export type Sayable = { [T in EventType]: { type: T; data: EventData[T]; asOf: Day } }[EventType];
type Said<T extends EventType> = Extract<Sayable, { type: T }>;

/** An entry in plain words, one sentence in each language. */
export function entryWords(said: Sayable, speaker: Speaker): Words {
  switch (said.type) {
    case 'ProjectRegistered': {
      const name = nameWords(said.data.name, 'project');
      return { en: `Registered: ${name.en}.`, zh: `登记项目：${name.zh}。` };
    }
    case 'ProjectDescribed': {
      const fields = joined(Object.keys(said.data).map(fieldWords), { en: ', ', zh: '、' });
      return { en: `Details changed: ${fields.en}.`, zh: `项目信息变更：${fields.zh}。` };
    }
    case 'PlanAdopted':
      return planWords(said);
    case 'MilestoneReached': {
      const subject = subjectWords(said.data, speaker);
      return { en: `${subject.en} done.`, zh: `${subject.zh}完成。` };
    }
    case 'ProgressMeasured': {
      const subject = subjectWords(said.data, speaker);
      const measure = measureWords(said.data.measure);
      return { en: `${subject.en}: ${measure.en}.`, zh: `${subject.zh}：${measure.zh}。` };
    }
    case 'InvestmentReported':
      return investmentWords(said);
    case 'StallDeclared':
      return stallWords(said);
    case 'StallCleared': {
      const cause = speaker.causeOf(said.data.stall);
      const why = cause ? causeWords[cause] : { en: said.data.stall, zh: said.data.stall };
      return {
        en: `Moves again, no longer held up: ${why.en}.`,
        zh: `恢复推进，停滞原因已解除：${why.zh}。`,
      };
    }
    case 'ForecastGiven':
      return forecastWords(said, speaker);
    case 'StageEntered':
      return stageWords[said.data.stage];
    case 'NoChangeReported': {
      const period = periodWords(said.data.from, said.data.to);
      return { en: `No change ${period.en}.`, zh: `${spaced(period.zh)}无变化。` };
    }
    case 'EntryWithdrawn': {
      const entry = speaker.entry(said.data.entry) ?? { en: said.data.entry, zh: said.data.entry };
      return {
        en: `Withdrawn: "${entry.en}" Reason: ${sentence(said.data.reason, '.')}`,
        zh: `撤回：“${entry.zh}”原因：${sentence(said.data.reason, '。')}`,
      };
    }
  }
}

/** A progress measure, as a part of a sentence. */
export function measureWords(measure: Measure): Words {
  switch (measure.kind) {
    case 'percent': {
      const percent = percentText(measure.basisPoints);
      return { en: `${percent} %`, zh: `完成 ${percent}%` };
    }
    case 'count': {
      const { done, of, unit } = measure;
      const en = unit && !isChinese(unit) ? ` ${unit}` : '';
      const zh = unit ?? '个';
      return of === undefined
        ? { en: `${done}${en} done, of how many was not said`, zh: `已完成 ${done} ${zh}，总数未说明` }
        : { en: `${done} of ${of}${en}`, zh: `${of} ${spaced(zh)}中完成 ${done} ${zh}` };
    }
    case 'storeys':
      return measure.of === undefined
        ? {
            en: `at storey ${measure.reached}, of how many was not said`,
            zh: `到第 ${measure.reached} 层，总层数未说明`,
          }
        : {
            en: `at storey ${measure.reached} of ${measure.of}`,
            zh: `到第 ${measure.reached} 层，共 ${measure.of} 层`,
          };
    case 'word': {
      const name = nameWords(lexiconWord(measure.word)?.name, measure.word);
      return {
        en: name.en === measure.said ? name.en : `${name.en} ("${measure.said}")`,
        zh: name.zh === measure.said ? name.zh : `${name.zh}（“${measure.said}”）`,
      };
    }
  }
}

const stageWords: Readonly<Record<Stage, Words>> = {
  contracted: { en: 'Contract signed.', zh: '已签约。' },
  started: { en: 'Works started.', zh: '已开工。' },
  built: { en: 'Built.', zh: '已建成。' },
  'trial-production': { en: 'Trial production began.', zh: '开始试生产。' },
  'in-production': { en: 'In production.', zh: '已投产。' },
  accepted: { en: 'Accepted.', zh: '已通过竣工验收。' },
  suspended: { en: 'Suspended.', zh: '暂停建设。' },
  resumed: { en: 'Resumed.', zh: '恢复建设。' },
  cancelled: { en: 'Cancelled.', zh: '项目取消。' },
};

const fieldNames: Readonly<Record<keyof ProjectDetails, Words>> = {
  name: { en: 'name', zh: '名称' },
  aliases: { en: 'other names', zh: '别名' },
  owner: { en: 'owner', zh: '业主' },
  district: { en: 'district', zh: '区县' },
  sector: { en: 'sector', zh: '行业' },
  phase: { en: 'phase', zh: '期次' },
  capacity: { en: 'capacity', zh: '产能' },
  codes: { en: 'codes', zh: '编码' },
  timeZone: { en: 'time zone', zh: '时区' },
};

/** The basis of a figure of money. */
export const basisWords = {
  physical: { en: 'by physical progress', zh: '形象进度法' },
  accounting: { en: 'by the accounts', zh: '财务支出法' },
  unknown: { en: 'basis not stated', zh: '口径未说明' },
} as const satisfies Record<string, Words>;

function fieldWords(field: string): Words {
  return Object.hasOwn(fieldNames, field)
    ? fieldNames[field as keyof ProjectDetails]
    : { en: field, zh: field };
}

function subjectWords(data: { item: string; step?: string }, speaker: Speaker): Words {
  const item = speaker.item(data.item);
  const name = nameWords(item?.name, data.item);
  if (data.step === undefined) return name;
  const step = nameWords(item?.steps?.find((candidate) => candidate.id === data.step)?.name, data.step);
  return { en: `${name.en} (${step.en})`, zh: `${name.zh}（${step.zh}）` };
}

const mostRenames = 5;

function planWords({ data }: Said<'PlanAdopted'>): Words {
  const money = data.plannedInvestment && moneyWords(data.plannedInvestment);
  const count = data.items.length;
  const renames = (data.renames ?? []).map(({ from, to }) => `${from} → ${to}`);
  const moved = renames.slice(0, mostRenames).join('; ') + (renames.length > mostRenames ? '; …' : '');
  return {
    en: `Plan ${data.version} adopted: ${count} work item${count === 1 ? '' : 's'}${money ? `, planned investment ${money.en}` : ''}${moved && `; renamed with their entries: ${moved}`}.`,
    zh: `采用第 ${data.version} 版计划：${count} 个工作项${money ? `，计划总投资 ${money.zh}` : ''}${moved && `；连同记录更名：${moved}`}。`,
  };
}

function investmentWords({ data, asOf }: Said<'InvestmentReported'>): Words {
  const amount = moneyWords(data.amount);
  const basis = basisWords[data.basis];
  const month = monthWords(asOf);
  const span = {
    'since-start': { en: 'since the start', zh: '自开工累计完成投资' },
    year: { en: `in ${asOf.slice(0, 4)} so far`, zh: `${asOf.slice(0, 4)}年累计完成投资` },
    month: { en: `in ${month.en}`, zh: `${month.zh}完成投资` },
  }[data.span];
  const share =
    data.shareOfPlanBasisPoints === undefined ? undefined : percentText(data.shareOfPlanBasisPoints);
  return {
    en: `${amount.en} invested ${span.en} (${basis.en})${share === undefined ? '' : `, ${share} % of the plan`}.`,
    zh: `${span.zh} ${amount.zh}（${basis.zh}）${share === undefined ? '' : `，占计划总投资 ${share}%`}。`,
  };
}

function stallWords({ data }: Said<'StallDeclared'>): Words {
  const blocked = joined(
    data.blocks.map((part) => blockedWords[part]),
    { en: ', ', zh: '、' },
  );
  const cause = causeWords[data.cause];
  const period =
    data.to === undefined
      ? { en: `since ${data.from}`, zh: `自 ${data.from} 起` }
      : periodWords(data.from, data.to);
  return {
    en: `Standing still (${blocked.en}): ${cause.en}, ${period.en}.`,
    zh: `停滞（${blocked.zh}）：${cause.zh}，${period.zh}。`,
  };
}

function forecastWords({ data }: Said<'ForecastGiven'>, speaker: Speaker): Words {
  const period = periodWords(data.earliest, data.latest);
  const scope = data.scope ? { en: ` (${data.scope})`, zh: `（${data.scope}）` } : { en: '', zh: '' };
  const reason = data.reason
    ? { en: ` Reason: ${sentence(data.reason, '.')}`, zh: `原因：${sentence(data.reason, '。')}` }
    : { en: '', zh: '' };
  const name = targetWords(data.target, speaker);
  return {
    en: `${name.en} expected ${period.en}${scope.en}.${reason.en}`,
    zh: `${name.zh}${scope.zh}预计 ${period.zh}。${reason.zh}`,
  };
}

function targetWords(target: string, speaker: Speaker): Words {
  if (target === 'completion') return { en: 'Completion', zh: '完工' };
  if (target === 'production') return { en: 'Production', zh: '投产' };
  return nameWords(speaker.item(target)?.name, target);
}

/** Followed by a space unless it ends in Chinese, as Chinese text separates figures and foreign words. */
function spaced(text: string): string {
  return isChinese(text.slice(-1)) ? text : `${text} `;
}

function sentence(text: string, stop: string): string {
  return /[.。!！?？]$/.test(text) ? text : `${text}${stop}`;
}

function isChinese(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}
