import { type Fact, type FactTable, fact } from '../project/facts/fact.js';
import type { Member } from '../project/facts/members.js';
import { type ByLanguage, wordsByLanguage } from '../values/by-language.js';
import { joined, type Words } from '../values/words.js';

type Details = Partial<Record<keyof typeof labels, ByLanguage>>;

const labels = {
  owner: { en: 'Owner', zh: '业主' },
  district: { en: 'District', zh: '区县' },
  sector: { en: 'Sector', zh: '行业' },
  phase: { en: 'Phase', zh: '期次' },
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

/** What the columns of a table may say: the facts, and the details of a project. */
export function tableFacts(facts: FactTable): FactTable {
  return { ...facts, ProjectDescribed: described as Fact };
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
