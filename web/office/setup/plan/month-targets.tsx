import { Text, TextInput } from '@mantine/core';
import type { ClipboardEvent } from 'react';
import type { MoneyForm } from '../money-form.js';
import { type AnnualForm, targetOf, withTarget } from './draft/plan-draft.js';
import styles from './plan-money.module.css';
import { usePlanTexts } from './texts.js';

const months = Array.from({ length: 12 }, (_, index) => index + 1);

/** The targets of the months of a year, in the unit of the year; a row or column of a spreadsheet fills them in order. */
export function MonthTargets({
  year,
  change,
  faultAt,
}: {
  year: AnnualForm;
  change: (year: AnnualForm) => void;
  /** By the place of a target among those of the year. */
  faultAt: (place: number) => string | undefined;
}) {
  const say = usePlanTexts();
  const { months: targets = [], investment } = year;
  const placeOf = (month: number) => targets.findIndex((one) => one.month === month);
  const formOf = (month: number): MoneyForm => {
    const target = targets[placeOf(month)];
    return target ? targetOf(target) : { amount: '', unit: investment.unit };
  };
  const paste = (from: number, event: ClipboardEvent<HTMLInputElement>) => {
    const cells = event.clipboardData
      .getData('text/plain')
      .trim()
      .split(/[\t\r\n]+/);
    if (cells.length < 2) return;
    event.preventDefault();
    const filled = cells.slice(0, 13 - from);
    change(
      filled.reduce(
        (next, amount, at) => withTarget(next, from + at, { ...formOf(from + at), amount: amount.trim() }),
        year,
      ),
    );
  };
  return (
    <details className={styles.months}>
      <summary>{say('monthTargets', { count: targets.length })}</summary>
      <Text size="xs">{say('monthHint')}</Text>
      <div className={styles.grid}>
        {months.map((month) => {
          const form = formOf(month);
          return (
            <TextInput
              key={month}
              size="xs"
              label={say('monthOf', { month })}
              description={form.unit}
              inputMode="decimal"
              value={form.amount}
              error={placeOf(month) < 0 ? undefined : faultAt(placeOf(month))}
              onChange={(event) =>
                change(withTarget(year, month, { ...form, amount: event.currentTarget.value }))
              }
              onPaste={(event) => paste(month, event)}
            />
          );
        })}
      </div>
    </details>
  );
}
