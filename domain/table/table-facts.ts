import { type Fact, type FactTable, fact } from '../project/facts/fact.js';
import type { Member } from '../project/facts/members.js';
import type { PlanMoney } from '../project/plan-money.js';
import { type ByLanguage, wordsByLanguage } from '../values/by-language.js';
import { joined, moneyWords, monthWords, type Words } from '../values/words.js';

type Details = Partial<Record<keyof typeof labels, ByLanguage>>;

const labels = {
  owner: { en: 'Owner', zh: '业主' },
  district: { en: 'District', zh: '属地' },
  sector: { en: 'Sector', zh: '行业' },
  phase: { en: 'Phase', zh: '建设期' },
} as const satisfies Record<string, Words>;

/** The details of a project that a column may give; what does not differ is not recorded again. */
const described: Fact<Details> = fact<Details>({
  schema: 0,
  name: { en: 'project details', zh: '项目信息' },
  about: 'The details of the project.',
  shape: {
    owner: detail('owner', 200),
    district: detail('district', 200),
    sector: detail('sector', 200),
    phase: detail('phase', 100),
  },
  subject: () => ['ProjectDescribed'],
  words: (data) =>
    joined(
      Object.entries(data).map(([name, text]) => {
        const [label, words] = [labels[name as keyof typeof labels], wordsByLanguage(text)];
        return { en: `${label.en}: ${words.en}.`, zh: `${label.zh}：${words.zh}。` };
      }),
      { en: ' ', zh: '' },
    ),
});

/** The amounts of a plan that a column may give; a plan that has them already is not adopted again. */
const planMoney: Fact<PlanMoney> = fact<PlanMoney>({
  schema: 0,
  name: { en: 'amounts of the plan', zh: '计划金额' },
  about: 'Amounts of the plan in force.',
  shape: {
    plannedInvestment: planned({ en: 'Planned investment', zh: '计划总投资' }),
    annualPlan: planned({ en: 'Annual plan', zh: '年度计划投资' }),
    monthTarget: planned({ en: 'Target of the month', zh: '本月计划投资' }),
    year: {
      kind: 'whole-number',
      least: 1900,
      most: 2199,
      about: 'The year of the annual plan.',
      label: { en: 'Year of the annual plan', zh: '计划年度' },
      isOptional: true,
    },
  },
  subject: () => ['PlanAdopted'],
  words: ({ plannedInvestment, annualPlans = [] }) =>
    joined(
      [
        ...(plannedInvestment
          ? [amountWords({ en: 'Planned investment', zh: '计划总投资' }, plannedInvestment)]
          : []),
        ...annualPlans.flatMap(({ year, investment, months = [] }) => [
          ...(investment
            ? [amountWords({ en: `Annual plan of ${year}`, zh: `${year}年度计划投资` }, investment)]
            : []),
          ...months.map(({ month, investment: target }) => {
            const on = monthWords(`${year}-${String(month).padStart(2, '0')}-01`);
            return amountWords({ en: `Target of ${on.en}`, zh: `${on.zh}计划投资` }, target);
          }),
        ]),
      ],
      { en: ' ', zh: '' },
    ),
});

function amountWords(label: Words, amount: Parameters<typeof moneyWords>[0]): Words {
  const money = moneyWords(amount);
  return { en: `${label.en}: ${money.en}.`, zh: `${label.zh}：${money.zh}。` };
}

function planned(label: Words): Member {
  return { kind: 'money', about: `${label.en}.`, label, isOptional: true };
}

/** What the columns of a table may say: the facts, the details of a project, and the amounts of its plan. */
export function tableFacts(facts: FactTable): FactTable {
  return { ...facts, ProjectDescribed: described as Fact, PlanMoneyStated: planMoney as Fact };
}

function detail(name: keyof typeof labels, most: number): Member {
  return {
    kind: 'text-by-language',
    most,
    about: `${labels[name].en}.`,
    label: labels[name],
    isOptional: true,
  };
}
