import type { FactTable } from '../project/facts/fact.js';
import { headingForms } from './heading-forms.js';
import { qualified, withoutQualifier } from './heading-qualifiers.js';
import type { Column, Mapping, Meaning } from './meaning.js';

/** The meaning of each heading: by a mapping, else as it is usually meant, where the facts have such a member. */
export function meaningsOf(
  headings: readonly string[],
  { facts, mapping }: { facts: FactTable; mapping?: Mapping | undefined },
): Column[] {
  const said = new Map(
    (mapping?.columns ?? []).map(({ heading, meaning }) => [plainHeading(heading), meaning]),
  );
  let hasProject = [...said.values()].some((meaning) => meaning?.use === 'project');
  return headings.map((heading) => {
    const plain = plainHeading(heading);
    const meaning = said.has(plain) ? said.get(plain) : usually(heading, facts);
    if (!meaning) return { heading };
    if (meaning.use === 'project' && !said.has(plain)) {
      if (hasProject) return { heading };
      hasProject = true;
    }
    return { heading, meaning };
  });
}

/** A heading without what differs from month to month: blanks, the unit in brackets, the number of the month, the year. */
function plainHeading(heading: string): string {
  return inBrackets(heading, (said) => (isUnit(said) ? '' : `(${said})`))
    .replace(/[\s_*:,、]+/g, '')
    .replace(/(19|20)\d{2}年度?/g, '本年')
    .replace(/1(-|—|~|至|到)\d{1,2}月份?/g, '本年')
    .replace(/\d{1,2}月份?/g, '本月');
}

function inBrackets(heading: string, put: (said: string) => string): string {
  const plain = heading.normalize('NFKC').toLowerCase();
  return plain.replace(/[([]([^)\]]*)[)\]]/g, (_, said: string) => put(said));
}

function isUnit(said: string): boolean {
  return unitShape.test(said.trim().replace(/^单位:?\s*/, ''));
}

/** The columns of a table, after those of earlier tables that it does not have: what was said of them is kept. */
export function keptColumns(before: readonly Column[], present: readonly Column[]): Column[] {
  const here = new Set(present.map(({ heading }) => plainHeading(heading)));
  return [...before.filter(({ heading }) => !here.has(plainHeading(heading))), ...present];
}

const unitShape = /^(%|[十百千万亿]*(元|美元|欧元|港元|日元)|[a-z]{3}|(million|billion) [a-z]{3})$/i;

/** The unit in the brackets of a heading, or at its end. */
export function unitIn(heading: string): string | undefined {
  const plain = heading.normalize('NFKC');
  const unit = /[([]\s*(?:单位[::]?)?([^)\]]+?)\s*[)\]]\s*$/.exec(plain)?.[1];
  if (unit && unitShape.test(unit)) return unit;
  return /%\s*$/.test(plain) ? '%' : undefined;
}

/** The year that a heading names, as in 2018年度计划投资. */
export function yearIn(heading: string): number | undefined {
  const year = /(?<!\d)(19|20)\d{2}(?!\d)/.exec(heading.normalize('NFKC'))?.[0];
  return year === undefined ? undefined : Number(year);
}

function usually(heading: string, facts: FactTable): Meaning | undefined {
  // Under a wide heading: 完成投资 本月 is meant as 本月完成投资.
  const forms = [heading, heading.split(' ').reverse().join(' ')].map((one) =>
    plainHeading(one).replace(/%/g, ''),
  );
  for (const form of forms) {
    const meaning = usualMeaning(form);
    if (meaning) return known(meaning, facts);
  }
  for (const form of forms)
    for (const { rest, ...adds } of withoutQualifier(form)) {
      const meaning = exactMeaning(rest);
      const more = meaning && qualified(meaning, adds, facts);
      if (more) return known(more, facts);
    }
  return undefined;
}

/** As a heading is usually meant; what is in brackets may be anything but a basis or a source, which say more. */
function usualMeaning(form: string): Meaning | undefined {
  const isQualified = !withoutQualifier(form).next().done;
  return exactMeaning(form) ?? (isQualified ? undefined : exactMeaning(inBrackets(form, () => '')));
}

function exactMeaning(form: string): Meaning | undefined {
  return headingForms.find(({ said }) => said.test(form))?.meaning;
}

function known(meaning: Meaning, facts: FactTable): Meaning | undefined {
  return meaning.use === 'fact' && !isKnown(meaning, facts) ? undefined : meaning;
}

/** True if the facts have the members that a meaning gives, and its choices. */
export function isKnown(meaning: Extract<Meaning, { use: 'fact' }>, facts: FactTable): boolean {
  const shape = Object.hasOwn(facts, meaning.type) ? facts[meaning.type]?.shape : undefined;
  if (!shape) return false;
  if (!meaning.gives.every((name) => Object.hasOwn(shape, name))) return false;
  return Object.entries(meaning.with ?? {}).every(([name, value]) => {
    const member = Object.hasOwn(shape, name) ? shape[name] : undefined;
    return member?.kind === 'choice' ? Object.hasOwn(member.choices, value) : member !== undefined;
  });
}
