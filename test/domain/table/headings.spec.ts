import { describe, expect, test } from '@jest/globals';
import { facts as logged } from '../../../domain/project/facts/facts.js';
import { keptColumns, meaningsOf } from '../../../domain/table/mapping.js';
import { columnsOfFile, mappingText } from '../../../domain/table/mapping-file.js';
import type { Column } from '../../../domain/table/meaning.js';
import { furtherMembers, possibleMeanings } from '../../../domain/table/possible-meanings.js';
import { tableFacts } from '../../../domain/table/table-facts.js';

const facts = tableFacts(logged);

/** What a heading is taken for: the fact, the members that its cells give, and what is fixed. */
function taken(heading: string): string | undefined {
  const [column] = meaningsOf([heading], { facts });
  const meaning = column?.meaning;
  if (meaning?.use !== 'fact') return meaning?.use;
  const { type, gives, with: fixed = {} } = meaning;
  return [type, ...gives, ...Object.values(fixed)].join(' ');
}

describe('a heading of a county table', () => {
  test.each([
    ['本年完成投资（形象进度法）', 'InvestmentReported amount year physical'],
    ['自开工累计完成投资（财务支出法）(万元)', 'InvestmentReported amount since-start accounting'],
    ['本月入库投资', 'InvestmentReported amount month statistics'],
    ['本年完成投资 入统口径', 'InvestmentReported amount year statistics'],
    ['Invested this year (accounting)', 'InvestmentReported amount year accounting'],
    ['占年度计划(%)', 'InvestmentReported shareOfAnnualPlan year'],
    ['占总投资比例', 'InvestmentReported shareOfPlan since-start'],
    ['到位资金', 'MoneyReported amount funds'],
    ['财政资金到位', 'MoneyReported amount funds budget'],
    ['到位资金 专项债券', 'MoneyReported amount funds bond'],
    ['银行贷款到位（万元）', 'MoneyReported amount funds loan'],
    ['资金到位(自筹)', 'MoneyReported amount funds own'],
    ['Funds in place: bond', 'MoneyReported amount funds bond'],
    ['已支付资金', 'MoneyReported amount paid'],
    ['合同金额', 'MoneyReported amount contract'],
    ['项目阶段', 'StageEntered stage'],
    ['预计竣工时间', 'ForecastGiven when completion'],
    ['预计投产', 'ForecastGiven when production'],
    ['预计通车时间', 'ForecastGiven when opening'],
    ['预计投入使用时间', 'ForecastGiven when opening'],
    ['预计开工时间', 'ForecastGiven when start'],
    ['项目名称（全称）', 'project'],
    ['年度计划投资', 'PlanMoneyStated annualPlan'],
    ['2018年度计划投资（万元）', 'PlanMoneyStated annualPlan'],
    ['本年度投资计划', 'PlanMoneyStated annualPlan'],
    ['2018年计划完成投资', 'PlanMoneyStated annualPlan'],
    ['Annual plan', 'PlanMoneyStated annualPlan'],
    ['计划总投资（万元）', 'PlanMoneyStated plannedInvestment'],
    ['Total investment', 'PlanMoneyStated plannedInvestment'],
    ['6月计划投资', 'PlanMoneyStated monthTarget'],
    ['当月投资目标', 'PlanMoneyStated monthTarget'],
    ['计划开工时间', 'nothing'],
  ])('%s is %s', (heading, meant) => {
    expect(taken(heading)).toBe(meant);
  });

  test.each(['完成投资', '完成投资（形象进度法）', '财政资金拨付', '资金到位（含财政）', '形象进度法'])(
    '%s, whose span or source nobody can record so, is left to a person',
    (heading) => {
      expect(taken(heading)).toBeUndefined();
    },
  );

  test('with another basis in brackets is another column', () => {
    const columns: Column[] = [
      {
        heading: '完成投资（形象）',
        meaning: {
          use: 'fact',
          type: 'InvestmentReported',
          gives: ['amount'],
          with: { span: 'year', basis: 'physical' },
        },
      },
    ];
    const read = meaningsOf(['完成投资（财务）', '完成投资（形象）（万元）'], {
      facts,
      mapping: { columns },
    });
    expect(read.map(({ meaning }) => meaning?.use)).toEqual([undefined, 'fact']);
  });
});

describe('what a person says further of a column', () => {
  const further = (type: string, fixed?: Record<string, string>, gives = 'amount') => {
    const { choices, item } = furtherMembers(
      { use: 'fact', type, gives: [gives], ...(fixed ? { with: fixed } : {}) },
      facts,
    );
    return [choices.map(({ name }) => name), item];
  };

  test('is the basis of money invested, the source of funds, and the item', () => {
    expect(further('InvestmentReported')).toEqual([['basis'], 'item']);
    expect(further('MoneyReported', { kind: 'funds' })).toEqual([['span', 'fundsFrom'], 'item']);
    expect(further('MoneyReported', { kind: 'paid' })).toEqual([['span'], 'item']);
    expect(further('ProgressMeasured', undefined, 'measure')).toEqual([['change'], 'item']);
    expect(further('ForecastGiven', { target: 'opening' }, 'when')).toEqual([['what'], 'target']);
    expect(further('ProjectDescribed', undefined, 'owner')).toEqual([[], undefined]);
  });

  test('and a forecast is offered of a start, a finish, production and an opening', () => {
    const targets = possibleMeanings(facts).flatMap(({ meaning }) =>
      meaning.type === 'ForecastGiven' && meaning.gives[0] === 'when' ? [meaning.with?.target] : [],
    );
    expect(targets).toEqual(['start', 'completion', 'production', 'opening']);
  });
});

describe('what columns mean', () => {
  const meaning = {
    use: 'fact',
    type: 'InvestmentReported',
    gives: ['amount'],
    with: { span: 'month' },
  } as const;

  test('is kept once for a heading that differs only by month, and for the columns of other tables', () => {
    const other = { heading: '责任人' };
    let kept: Column[] = [other];
    for (let month = 1; month <= 12; month += 1)
      kept = keptColumns(kept, [{ heading: `${month}月产值`, meaning }]);
    expect(kept).toEqual([other, { heading: '12月产值', meaning }]);
  });

  test('is a file that another device takes', () => {
    const columns: Column[] = [
      { heading: '项目', meaning: { use: 'project' } },
      { heading: '产值', meaning },
      { heading: '备注' },
    ];
    expect(columnsOfFile(mappingText(columns), facts)).toEqual(columns);
  });

  test.each([
    'no JSON',
    '[]',
    'null',
    '{"columns": {}}',
    '{"columns": [{"meaning": {"use": "project"}}]}',
    '{"columns": [{"heading": "x", "meaning": {"use": "magic"}}]}',
    '{"columns": [{"heading": "x", "meaning": {"use": "fact", "type": "Nothing", "gives": ["amount"]}}]}',
    '{"columns": [{"heading": "x", "meaning": {"use": "fact", "type": "InvestmentReported", "gives": []}}]}',
    '{"columns": [{"heading": "x", "meaning": {"use": "fact", "type": "InvestmentReported", "gives": ["amount"], "with": {"span": "week"}}}]}',
    '{"columns": [{"heading": "x", "meaning": {"use": "fact", "type": "InvestmentReported", "gives": ["amount"], "unit": 5}}]}',
  ])('another text is not taken for such a file: %s', (text) => {
    expect(columnsOfFile(text, facts)).toBeUndefined();
  });
});
