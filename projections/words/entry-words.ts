import type { EventData, EventType, ProjectDetails } from '../../domain/project/events.js';
import type { Speaker as FactSpeaker, FactTable } from '../../domain/project/facts/fact.js';
import { facts as knownFacts } from '../../domain/project/facts/facts.js';
import type { GivenDay } from '../../domain/values/day-marks.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { joined, moneyWords, nameWords, sentence, type Words } from '../../domain/values/words.js';

/** What is known when an entry is put into words. */
export interface Speaker extends FactSpeaker {
  /** The words of another entry. */
  entry(id: string): Words | undefined;
}

/** An event by its type and data. */
type Said = { [T in EventType]: { type: T; data: EventData[T] } }[EventType];

/** An event with the day it is about. */
export type Sayable = Said & { asOf: Day; entry?: GivenDay };

/** An entry in plain words, one sentence in each language; a fact by its descriptor. */
export function entryWords(said: Sayable, speaker: Speaker, facts: FactTable = knownFacts): Words {
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
      return planWords(said.data);
    case 'EntryWithdrawn': {
      const entry = speaker.entry(said.data.entry) ?? { en: said.data.entry, zh: said.data.entry };
      return {
        en: `Withdrawn: "${entry.en}" Reason: ${sentence(said.data.reason, '.')}`,
        zh: `撤回：“${entry.zh}”原因：${sentence(said.data.reason, '。')}`,
      };
    }
    case 'ContradictionExplained':
      return explanationWords(said.data, speaker);
    default:
      return (
        facts[said.type]?.words(said.data, said.asOf, speaker, said.entry) ?? { en: said.type, zh: said.type }
      );
  }
}

/** The entries whose words are in those of an entry. */
export function quotedIn(said: Said): readonly string[] {
  if (said.type === 'EntryWithdrawn') return [said.data.entry];
  return said.type === 'ContradictionExplained' ? said.data.entries.slice(0, mostQuoted) : [];
}

/** Of many entries, the words of the first two. */
const mostQuoted = 2;

function explanationWords(said: EventData['ContradictionExplained'], { entry }: Speaker): Words {
  const { entries, reason } = said;
  const quoted = quotedIn({ type: 'ContradictionExplained', data: said }).map(
    (id) => entry(id) ?? { en: id, zh: id },
  );
  const more = entries.length - quoted.length;
  const en = quoted.map((words) => `"${words.en}"`).join(' and ');
  const zh = quoted.map((words) => `“${words.zh}”`).join('与');
  return {
    en: `The contradiction of ${en}${more > 0 ? ` and ${more} more` : ''} stays: ${sentence(reason, '.')}`,
    zh: `${zh}${more > 0 ? `等 ${entries.length} 条` : ''}相互矛盾，说明：${sentence(reason, '。')}`,
  };
}

const fieldNames: Readonly<Record<keyof ProjectDetails, Words>> = {
  name: { en: 'name', zh: '名称' },
  aliases: { en: 'other names', zh: '别名' },
  owner: { en: 'owner', zh: '业主' },
  district: { en: 'district', zh: '属地' },
  sector: { en: 'sector', zh: '行业' },
  phase: { en: 'phase', zh: '建设期' },
  capacity: { en: 'capacity', zh: '产能' },
  codes: { en: 'codes', zh: '编码' },
  timeZone: { en: 'time zone', zh: '时区' },
};

/** The name of a detail of a project. */
export function fieldWords(field: string): Words {
  return Object.hasOwn(fieldNames, field)
    ? fieldNames[field as keyof ProjectDetails]
    : { en: field, zh: field };
}

const mostRenames = 5;
const mostYears = 5;

/** What is planned for each year; of more than a few years the last ones. */
function yearsPlanned({ annualPlans = [] }: EventData['PlanAdopted']): Words {
  const shown = annualPlans.slice(-mostYears);
  const all = shown.map(({ year, investment }) => ({ year, money: moneyWords(investment) }));
  const more = annualPlans.length - shown.length;
  return {
    en: [
      ...(more > 0 ? [`, ${more} earlier years`] : []),
      ...all.map(({ year, money }) => `, ${money.en} for ${year}`),
    ].join(''),
    zh: [
      ...(more > 0 ? [`，另有此前 ${more} 个年度`] : []),
      ...all.map(({ year, money }) => `，${year}年 ${money.zh}`),
    ].join(''),
  };
}

function planWords(data: EventData['PlanAdopted']): Words {
  const money = data.plannedInvestment && moneyWords(data.plannedInvestment);
  const count = data.items.length;
  const renames = (data.renames ?? []).map(({ from, to }) => `${from} → ${to}`);
  const moved = renames.slice(0, mostRenames).join('; ') + (renames.length > mostRenames ? '; …' : '');
  const years = yearsPlanned(data);
  return {
    en: `Plan ${data.version} adopted: ${count} work item${count === 1 ? '' : 's'}${money ? `, planned investment ${money.en}` : ''}${years.en}${moved && `; renamed with their entries: ${moved}`}.`,
    zh: `发布第 ${data.version} 版计划：${count} 个工程部位${money ? `，计划总投资 ${money.zh}` : ''}${years.zh}${moved && `；连同记录更名：${moved}`}。`,
  };
}
