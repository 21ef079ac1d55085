import type { FactTable } from '../project/facts/fact.js';
import type { Meaning } from './meaning.js';

type FactMeaning = Extract<Meaning, { use: 'fact' }>;

/** Words in a heading that say by which basis, or from which source, and the member of the fact that they are. */
const qualifiers: readonly { type: string; with: Readonly<Record<string, string>>; said: RegExp }[] = [
  basis(
    'physical',
    /按?形象进度(法|口径)|形象口径|\(形象(进度)?\)|(by)?physical(progress|basis)|\(physical\)/,
  ),
  basis(
    'statistics',
    /(入库)?入统(口径)?|入库(口径)?|统计(入库)?口径|inthestatistics(register)?|\(statistics\)/,
  ),
  basis('accounting', /按?财务支出(法|口径)?|财务口径|\(财务\)|bytheaccounts|\(accounting\)/),
  funds('budget', /(中央|省级?|市级?|县级?|区级?|本级)?财政(性|预算)?|预算内|(public)?budget/),
  funds('bond', /(地方)?(政府)?(专项|一般)?债券|专项债|bonds?/),
  funds('loan', /(银行)?贷款|(bank)?loans?/),
  funds('own', /(企业|单位|业主)?自筹|自有|own(?=funds)/),
];

function basis(value: string, said: RegExp) {
  return { type: 'InvestmentReported', with: { basis: value }, said };
}

function funds(fundsFrom: string, said: RegExp) {
  return { type: 'MoneyReported', with: { fundsFrom }, said };
}

/** A heading without the words for a basis or a source, and what these add to its meaning. */
export function* withoutQualifier(
  plain: string,
): Generator<{ rest: string; type: string; with: Readonly<Record<string, string>> }> {
  for (const { said, ...adds } of qualifiers) {
    const rest = plain.replace(said, '');
    if (rest !== plain) yield { rest: rest.replace(/\(\)/g, ''), ...adds };
  }
}

/** A meaning with a basis or a source; undefined where its fact has none, such as the source of money paid. */
export function qualified(
  meaning: Meaning,
  { type, with: adds }: { type: string; with: Readonly<Record<string, string>> },
  facts: FactTable,
): FactMeaning | undefined {
  if (meaning.use !== 'fact' || meaning.type !== type || !Object.hasOwn(facts, type)) return undefined;
  if ('fundsFrom' in adds && meaning.with?.kind !== 'funds') return undefined;
  return { ...meaning, with: { ...meaning.with, ...adds } };
}
