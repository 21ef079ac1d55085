import type { FactTable } from '../project/facts/fact.js';
import { headingForms } from './heading-forms.js';
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
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[([][^)\]]*[)\]]/g, '')
    .replace(/[\s_*:,、]+/g, '')
    .replace(/(19|20)\d{2}年度?/g, '本年')
    .replace(/1(-|—|~|至|到)\d{1,2}月份?/g, '本年')
    .replace(/\d{1,2}月份?/g, '本月');
}

/** The unit in the brackets of a heading, or at its end. */
export function unitIn(heading: string): string | undefined {
  const plain = heading.normalize('NFKC');
  const inBrackets = /[([]\s*(?:单位[::]?)?([^)\]]+?)\s*[)\]]\s*$/.exec(plain)?.[1];
  if (
    inBrackets &&
    /^(%|[十百千万亿]*(元|美元|欧元|港元|日元)|[a-z]{3}|(million|billion) [a-z]{3})$/i.test(inBrackets)
  )
    return inBrackets;
  return /%\s*$/.test(plain) ? '%' : undefined;
}

function usually(heading: string, facts: FactTable): Meaning | undefined {
  // Under a wide heading: 完成投资 本月 is meant as 本月完成投资.
  const plain = [heading, heading.split(' ').reverse().join(' ')].map((one) =>
    plainHeading(one).replace(/%/g, ''),
  );
  const found = headingForms.find(({ said }) => plain.some((form) => said.test(form)));
  const { meaning } = found ?? {};
  return meaning?.use === 'fact' && !isKnown(meaning, facts) ? undefined : meaning;
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
