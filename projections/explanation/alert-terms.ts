import { type Severity, severities } from '../../domain/governance/rules.js';
import { blockedWords } from '../../domain/project/facts/stall-declared.js';
import { type Day, monthOf } from '../../domain/values/days/calendar.js';
import type { Words } from '../../domain/values/words.js';
import { headlineWords } from '../alerts/happening-words.js';
import type { Counts } from '../alerts/rules/found.js';
import { lightWords } from '../alerts/rules/light-words.js';
import type { Limit } from '../alerts/rules/limits.js';
import type { Slip } from '../schedule/forecasts.js';
import type { ExplainedCompletion } from './completion.js';
import type { FoundCondition, Given } from './found-conditions.js';
import { gapTerm } from './gap-term.js';
import type { ExplainedMoney } from './money.js';
import type { ExplainedSchedule } from './schedule.js';
import { daysTerm, dayTerm, todayTerm } from './terms/day-terms.js';
import { exactly } from './terms/exact.js';
import {
  between,
  highest,
  leaf,
  nothing,
  reaching,
  rounded,
  ruledOut,
  type Term,
  total,
} from './terms/term.js';

/** The figures of the project that rules compare. */
export interface CountedFigures {
  readonly completion: ExplainedCompletion;
  readonly money: ExplainedMoney;
  readonly schedule: ExplainedSchedule;
}

/** An alert as a term: what it counts, the limit of each severity, and the highest one that is reached. */
export class AlertTerms {
  private readonly today: Term;

  constructor(
    private readonly on: Day,
    private readonly rulesVersion: number,
    private readonly figures: CountedFigures,
  ) {
    this.today = todayTerm(on);
  }

  alert(one: FoundCondition, figure: string, words: Words): Term {
    const { watched, counts } = one;
    const of = {
      name: headlineWords(watched, (item) => this.figures.schedule.nameOf(item)),
      unit: 'light',
      figure,
      words,
      ...(counts.is === 'day' || counts.is === 'stall' ? { entries: watched.evidence } : {}),
    } as const;
    const [first, ...others] = this.levels(one);
    return first ? highest([first, ...others], of) : ruledOut([], of);
  }

  /** Each severity with its limit, the highest first. */
  private levels({ given, counts, dues }: FoundCondition): Term[] {
    if (counts.is === 'stall')
      return dues.map(({ rank, from }, place) => {
        const blocked = blockedWords[counts.blocks[place] ?? 'works'];
        const begun = dayTerm(from, { en: 'First day of the stall', zh: '停工/受阻首日' }, counts.entries);
        return this.level('reached', rank, this.today, begun, blocked);
      });
    if (!given) return [];
    const count = this.count(given, counts);
    return given.limits.toReversed().map((limit) => {
      const most = this.limit(limit, given.is, count.unit);
      if (given.is === 'before') return this.level('reached', limit.rank, most, count);
      return this.level(limit.isExclusive ? 'exceeded' : 'reached', limit.rank, count, most);
    });
  }

  private level(rule: 'reached' | 'exceeded', rank: number, first: Term, second: Term, about?: Words): Term {
    const light = lightWords[severities[rank] as Severity];
    return reaching(rule, first, second, {
      name: about
        ? { en: `${capital(light.en)} light for ${about.en}`, zh: `${light.zh}灯（${about.zh}）` }
        : { en: `${capital(light.en)} light`, zh: `${light.zh}灯` },
      unit: 'light',
      level: rank + 1,
    });
  }

  private count(given: Given, counts: Counts): Term {
    switch (given.is) {
      case 'since':
        return daysTerm(this.today, this.dayOf(given.on, counts), {
          name: { en: 'Days since then', zh: '至今天数' },
        });
      case 'before':
        return daysTerm(this.dayOf(given.on, counts), this.today, {
          name: { en: 'Days left', zh: '剩余天数' },
        });
      case 'months':
        return between(
          'difference',
          this.month(this.on, { en: 'Month of the answer', zh: '截止月份' }),
          this.month(given.start, { en: 'Month of the planned start', zh: '计划开工月份' }, counts),
          { name: { en: 'Months since then', zh: '至今月数' }, unit: 'count' },
        );
      case 'behind':
        return this.behind();
      default:
        return this.compared(given.limits, counts);
    }
  }

  private dayOf(on: number, counts: Counts): Term {
    return counts.is === 'day'
      ? dayTerm(on, counts.name, counts.entries)
      : dayTerm(on, { en: 'The day it counts from', zh: '起算日' });
  }

  private month(day: Day, name: Words, counts?: Counts): Term {
    const entries = counts?.is === 'day' ? counts.entries.filter((entry) => entry !== undefined) : [];
    return leaf('given', exactly(monthOf(day)), {
      name: { en: `${name.en} (${day.slice(0, 7)})`, zh: `${name.zh}（${day.slice(0, 7)}）` },
      unit: 'count',
      words: { en: '12 times the year, and the months before it.', zh: '年份乘以 12，加上之前的月数。' },
      ...(entries.length > 0 ? { entries } : {}),
    });
  }

  private behind(): Term {
    const { schedule } = this.figures;
    const [planned, dated] = [schedule.planned(), schedule.dated()];
    const name = { en: 'Behind the plan', zh: '滞后序时进度' };
    if (!planned || !dated) return nothing(0, { name, unit: 'basis-points' });
    return between('difference', rounded(planned), rounded(dated), { name, unit: 'basis-points' });
  }

  private compared([mildest]: readonly Limit[], counts: Counts): Term {
    if (counts.is === 'gap') return gapTerm(counts.share, this.figures);
    if (counts.is === 'slip') return this.slip(counts.slip, mildest?.from ?? 0);
    return nothing(0, { name: { en: 'Nothing is counted', zh: '无计数' }, unit: 'count' });
  }

  private slip(slip: Slip, mildest: number): Term {
    if (slip.days) return this.figures.schedule.slipOf(slip);
    return leaf('given', exactly(mildest), {
      name: { en: 'Slip in days', zh: '推迟天数' },
      unit: 'days',
      entries: [slip.forecast.id],
      words: {
        en: 'A delay without a day counts as the lowest limit until a day is named.',
        zh: '未定日期的延期，在确定日期前按最低界限计。',
      },
    });
  }

  private limit(
    { severity, from, graceDays, isExclusive }: Limit,
    is: Given['is'],
    unit: Term['unit'],
  ): Term {
    const light = lightWords[severity];
    const scale = unit === 'basis-points' ? 100 : 1;
    const words = {
      en: `Version ${this.rulesVersion} of the rules sets it.`,
      zh: `由第 ${this.rulesVersion} 版规则规定。`,
    };
    const above = isExclusive ? 'above' : 'from';
    const name =
      is === 'before'
        ? { en: `Limit: ${light.en} so many days before`, zh: `界限：提前天数（${light.zh}灯）` }
        : { en: `Limit: ${light.en} ${above}`, zh: `界限：${light.zh}灯` };
    const whole = (value: number, named: Words) =>
      leaf('given', exactly(value), { name: named, unit, words });
    if (graceDays === 0) return whole(from * scale, name);
    return total(
      [
        { term: whole(from - graceDays, { en: 'Days of the rule', zh: '规则天数' }) },
        { term: whole(graceDays, { en: 'Days of grace, because reports come late', zh: '宽限天数' }) },
      ],
      { name, unit },
    );
  }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
