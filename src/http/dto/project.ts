import type { Capacity, Names, ProjectDetails } from '../../../domain/project/events.js';
import { type ByLanguage, byLanguage } from '../../../domain/values/by-language.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import { Member, Optional, shape, shapes } from '../validation/member.js';
import { listOf, oneOf, slug, text, timeZone, wholeNumber } from '../validation/rules.js';
import { UndatedSaying } from './facts/entry.js';
import { type TextStated, textByLanguage } from './facts/text-by-language.js';

export class NamesSaid {
  @Optional(text(200), 'In English.')
  en?: string;

  @Optional(text(200), 'In Chinese.')
  zh?: string;
}

/** A name in one or more languages. */
export const names = shape(NamesSaid, (value) => {
  const { en, zh } = value as NamesSaid;
  return en === undefined && zh === undefined
    ? {
        type: 'member-missing',
        seen: { en: 'no name', zh: '无名称' },
        expected: { en: '"en", "zh" or both', zh: '“en”、“zh”或两者' },
      }
    : undefined;
});

class CapacitySaid implements Capacity {
  @Member(wholeNumber(0, Number.MAX_SAFE_INTEGER), 'How much, in a unit small enough.')
  amount!: number;

  @Member(text(40), 'Of what, such as m³.')
  unit!: string;

  @Member(oneOf(['year', 'month', 'day']), 'In which time.')
  per!: 'year' | 'month' | 'day';
}

class CodeSaid {
  @Member(text(40), 'The scheme, such as OmniClass.')
  scheme!: string;

  @Member(text(100), 'The code in it.')
  value!: string;
}

abstract class Details extends UndatedSaying {
  @Optional(listOf(text(200), 0, 50), 'Other names that it goes by.')
  aliases?: string[];

  @Optional(textByLanguage(200), 'Who builds it.')
  owner?: TextStated;

  @Optional(textByLanguage(200), 'Where it counts.')
  district?: TextStated;

  @Optional(textByLanguage(200), 'Of which industry.')
  sector?: TextStated;

  @Optional(textByLanguage(100), 'Which phase of a larger one.')
  phase?: TextStated;

  @Optional(shape(CapacitySaid), 'What it is to produce.')
  capacity?: CapacitySaid;

  @Optional(shapes(CodeSaid, 0, 50), 'Its codes in other registers.')
  codes?: CodeSaid[];

  @Optional(timeZone, 'The time zone of its days; Asia/Shanghai when absent.')
  timeZone?: string;
}

/** A registration without its id, as in a line of an import. */
export class ProjectRegistered extends Details {
  @Member(names, 'What it is called.')
  name!: Names;
}

/** A registration with its id. */
export class NewProject extends ProjectRegistered {
  @Member(slug(3), 'The id that it will have in every address.')
  project!: string;
}

/** The details that changed. */
export class ProjectDescribed extends Details {
  @Optional(names, 'What it is called now.')
  name?: Names;
}

/** The details in a registration. */
export function detailsOf(said: ProjectRegistered): ProjectDetails;
/** The details in a description. */
export function detailsOf(said: ProjectDescribed): Partial<ProjectDetails>;
export function detailsOf(said: ProjectRegistered | ProjectDescribed): Partial<ProjectDetails> {
  const { name, aliases, owner, district, sector, phase, capacity, codes, timeZone } = said;
  return omitUndefined({
    name: name && omitUndefined({ ...name }),
    aliases,
    ...textsOf({ owner, district, sector, phase }),
    capacity: capacity && { ...capacity },
    codes: codes?.map((code) => ({ ...code })),
    timeZone,
  });
}

function textsOf(said: Readonly<Record<string, TextStated | undefined>>): Record<string, ByLanguage> {
  const given = Object.entries(omitUndefined(said)) as [string, TextStated][];
  return Object.fromEntries(given.map(([name, text]) => [name, byLanguage(text)]));
}
