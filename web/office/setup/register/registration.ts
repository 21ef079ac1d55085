import type { ProjectDetails, Stage } from '../../../../domain/project/events.js';
import { lifeStages } from '../../../../domain/project/stages.js';
import { type ByLanguage, typedByLanguage, typedText } from '../../../../domain/values/by-language.js';
import { isSame } from '../../../../domain/values/equal.js';
import type { MoneyForm } from '../money-form.js';
import { idFrom } from '../plan/draft/readable-ids.js';
import { blankSaying, filled, type SayingForm, sayingOf } from '../saying.js';

/** A project as form fields. */
export interface Registration {
  /** Empty to use the proposed id. */
  project: string;
  en: string;
  zh: string;
  aliases: string;
  owner: string;
  district: string;
  sector: string;
  phase: string;
  capacityAmount: string;
  capacityUnit: string;
  capacityPer: 'year' | 'month' | 'day';
  codes: string;
  timeZone: string;
  stage: Stage | '';
  investment: MoneyForm;
  start: string;
  finish: string;
  saying: SayingForm;
}

export const blankRegistration: Registration = {
  project: '',
  en: '',
  zh: '',
  aliases: '',
  owner: '',
  district: '',
  sector: '',
  phase: '',
  capacityAmount: '',
  capacityUnit: '',
  capacityPer: 'year',
  codes: '',
  timeZone: '',
  stage: '',
  investment: { amount: '', unit: '万元' },
  start: '',
  finish: '',
  saying: blankSaying,
};

/** The possible stages at registration. */
export const firstStages: readonly Stage[] = [
  ...lifeStages.filter((stage) => stage !== 'cancelled'),
  'suspended',
];

/** The fault of an id; undefined if it is valid. */
export function idMistake(id: string): 'short' | 'long' | 'signs' | undefined {
  if (!/^[a-z0-9-]*$/.test(id)) return 'signs';
  if (id.length < 3) return 'short';
  return id.length > 64 ? 'long' : undefined;
}

/** An id from the names, padded if too short. */
export function proposedId({ en, zh }: Pick<Registration, 'en' | 'zh'>): string {
  const id = idFrom({ en, zh });
  return id === '' || id.length >= 3 ? id : `project-${id}`;
}

/** The id that a registration sends. */
export function idOf(registration: Registration): string {
  return registration.project || proposedId(registration);
}

/** The details in the form as the service accepts them; empty ones are omitted. */
export function detailsIn(form: Registration): Partial<ProjectDetails> {
  const { en, zh, owner, district, sector, phase, timeZone } = form;
  const name = filled({ en: en.trim(), zh: zh.trim() });
  const aliases = linesOf(form.aliases);
  const codes = linesOf(form.codes).map((line) => {
    const [scheme = '', ...value] = line.split(/[:：]/);
    return { scheme: scheme.trim(), value: value.join(':').trim() };
  });
  const capacity = form.capacityAmount.normalize('NFKC').replace(/[\s,]/g, '');
  return {
    ...(Object.keys(name).length > 0 ? { name } : {}),
    ...(aliases.length > 0 ? { aliases } : {}),
    ...Object.fromEntries(
      Object.entries(filled({ owner, district, sector, phase })).map(([name, text]) => [
        name,
        typedByLanguage(text),
      ]),
    ),
    ...filled({ timeZone: timeZone.trim() }),
    ...(capacity === '' && form.capacityUnit === ''
      ? {}
      : { capacity: { amount: numberOr(capacity), unit: form.capacityUnit.trim(), per: form.capacityPer } }),
    ...(codes.length > 0 ? { codes } : {}),
  };
}

/** A registration as the service accepts it. */
export function newProjectOf(form: Registration): object {
  return { project: idOf(form), name: {}, ...detailsIn(form), ...sayingOf(form.saying) };
}

/** The form fields for an existing project. */
export function formOf(details: ProjectDetails): Registration {
  const { name, aliases = [], capacity, codes = [] } = details;
  const { owner, district, sector, phase, timeZone = '' } = details;
  const typed = (text: ByLanguage | undefined) => (text ? typedText(text) : '');
  return {
    ...blankRegistration,
    en: name.en ?? '',
    zh: name.zh ?? '',
    aliases: aliases.join('\n'),
    owner: typed(owner),
    district: typed(district),
    sector: typed(sector),
    phase: typed(phase),
    timeZone,
    capacityAmount: capacity ? String(capacity.amount) : '',
    capacityUnit: capacity?.unit ?? '',
    capacityPer: capacity?.per ?? 'year',
    codes: codes.map(({ scheme, value }) => `${scheme}: ${value}`).join('\n'),
  };
}

/** The details that the form changes. */
export function changedDetails(form: Registration, before: ProjectDetails): Partial<ProjectDetails> {
  const said = Object.entries(detailsIn(form));
  return Object.fromEntries(
    said.filter(([member, value]) => !isSame(value, before[member as keyof ProjectDetails])),
  );
}

function linesOf(text: string): string[] {
  const lines = text.split(/[\n;；]/).map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))];
}

/** Text that is not a number is sent unchanged, so that the service reports it. */
function numberOr(text: string): number {
  const number = Number(text);
  return (text === '' || Number.isNaN(number) ? text : number) as number;
}
