import type { Basis } from '../../domain/project/facts/investment-reported.js';
import type { ChangeEffect, FundSource, MoneyKind } from '../../domain/project/facts/money-reported.js';
import type { Fact } from '../facts/facts.js';

export type Report = Fact<'InvestmentReported'>;
export type MoneyReport = Report | Fact<'MoneyReported'>;

/** What is compared: figures of different lines or currencies are never compared or added. */
export interface MoneyLine {
  kind: 'invested' | MoneyKind;
  /** Of money invested. */
  basis: Basis | null;
  /** Of funds in place from one source. */
  source: FundSource | null;
  /** The number of one contract or change order. */
  reference: string | null;
  effect: ChangeEffect | null;
  /** Null for the project as a whole. */
  item: string | null;
  /** Null for shares that were stated without an amount. */
  currency: string | null;
}

/** The line of a report. */
export function lineOf({ type, data }: MoneyReport): MoneyLine {
  const shared = { item: data.item ?? null, currency: data.amount?.currency ?? null };
  if (type === 'InvestmentReported')
    return { kind: 'invested', basis: data.basis, source: null, reference: null, effect: null, ...shared };
  const { kind, source = null, reference = null, effect = null } = data;
  return { kind, basis: null, source, reference, effect, ...shared };
}

/** The line of a report as one text. */
export function keyOf(report: MoneyReport): string {
  const { kind, basis, source, reference, effect, item, currency } = lineOf(report);
  return [kind, basis ?? source, currency, item, effect, reference].join('\n');
}

/** True for a report of one line. */
export function isOnLine({ type, data }: MoneyReport, line: MoneyLine): boolean {
  if ((data.amount?.currency ?? null) !== line.currency || (data.item ?? null) !== line.item) return false;
  if (type === 'InvestmentReported') return line.kind === 'invested' && data.basis === line.basis;
  return (
    data.kind === line.kind &&
    (data.source ?? null) === line.source &&
    (data.reference ?? null) === line.reference &&
    (data.effect ?? null) === line.effect
  );
}
