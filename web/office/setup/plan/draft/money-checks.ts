import type { Plan } from '../../../../../domain/project/events.js';
import { moneyFault } from '../../../../../domain/project/plan-fault.js';
import type { Money } from '../../../../../domain/values/amounts/money.js';
import { parseMoney } from '../../../../../domain/values/money-text.js';
import type { Words } from '../../../../../domain/values/words.js';
import { type MoneyForm, moneySaid } from '../../money-form.js';
import { type AnnualForm, type PlanDraft, targetOf } from './plan-draft.js';

/** What is wrong with the money of a draft, by the member that the service would refuse. */
export interface MoneyFault {
  member: string;
  seen: Words;
  expected: Words;
}

/** The faults of the money of a plan before it is sent; those of single amounts first. */
export function moneyFaultsIn({ investment, annual }: PlanDraft): MoneyFault[] {
  const reading = new Reading();
  const plannedInvestment = reading.money('plannedInvestment', investment);
  const annualPlans = annual.flatMap((one, at) => reading.year(one, at));
  if (reading.faults.length > 0) return reading.faults;
  const plan = { items: [], basis: '', annualPlans, ...(plannedInvestment ? { plannedInvestment } : {}) };
  const fault = moneyFault(plan);
  return fault
    ? [{ member: fault.member ?? 'annualPlans', seen: inBoth(fault.seen), expected: inBoth(fault.expected) }]
    : [];
}

class Reading {
  readonly faults: MoneyFault[] = [];

  money(member: string, form: MoneyForm): Money | undefined {
    const said = moneySaid(form);
    if (!said) return undefined;
    const read = parseMoney(said.amount, said.unit);
    if (!('fault' in read)) return read;
    this.faults.push({ member, seen: inBoth(`${said.amount} ${said.unit}`), expected: read.expected });
    return undefined;
  }

  year(one: AnnualForm, at: number): NonNullable<Plan['annualPlans']> {
    const { year, investment, months = [] } = one;
    const isEmpty = year.trim() === '' && investment.amount.trim() === '';
    if (isEmpty && months.length === 0) return [];
    const member = `annualPlans[${at}]`;
    if (!/^\d{4}$/.test(year.trim()))
      this.faults.push({
        member: `${member}.year`,
        seen: year.trim() === '' ? nothing : inBoth(year),
        expected: { en: 'a year such as 2018', zh: '年份，如 2018' },
      });
    if (investment.amount.trim() === '')
      this.faults.push({ member: `${member}.investment`, seen: nothing, expected: anAmount });
    const planned = this.money(`${member}.investment`, investment);
    const targets = months.flatMap((target, place) => {
      const read = this.money(`${member}.months[${place}].investment`, targetOf(target));
      return read ? [{ month: target.month, investment: read }] : [];
    });
    if (!planned) return [];
    return [{ year: Number(year), investment: planned, ...(targets.length > 0 ? { months: targets } : {}) }];
  }
}

const nothing = { en: 'nothing', zh: '空白' };
const anAmount = { en: 'an amount such as 1,200 万元', zh: '金额，如 1,200 万元' };

function inBoth(text: string | Words): Words {
  return typeof text === 'string' ? { en: text, zh: text } : text;
}
