import { targetWords } from '../../../domain/project/facts/forecast-given.js';
import type { Day } from '../../../domain/values/calendar.js';
import { moneyIn, parseMoney } from '../../../domain/values/money-text.js';
import { whenIn } from '../../../domain/values/when.js';
import { useAround } from '../around.js';
import { Chip } from './day-and-note.js';
import { type FormProps, Save } from './form.js';
import { useTyped } from './typed.js';

const spans = ['since-start', 'year', 'quarter', 'month'] as const;
const units = ['万元', '亿元', '元'] as const;

/** Money invested so far, in the unit in which it was reported, or its share of the annual plan. */
export function MoneyForm({ initial, note, onSave }: FormProps) {
  const { t } = useAround();
  const before = initial?.type === 'InvestmentReported' ? initial : undefined;
  const typed = before?.amount;
  const [amount, setAmount] = useTyped<string>(
    'amount',
    typeof typed === 'object' ? typed.amount : (typed ?? ''),
  );
  const [unit, setUnit] = useTyped<string>('unit', typeof typed === 'object' ? typed.unit : units[0]);
  const [share, setShare] = useTyped<string>('share', String(before?.shareOfAnnualPlan ?? ''));
  const isWhole = !('fault' in moneyIn(amount));
  const isRead = isWhole || !('fault' in parseMoney(amount, unit));
  const isShare = /^\d{1,4}(\.\d{1,2})?$/.test(share);
  const missing =
    amount === '' && !isShare
      ? t('amount')
      : (amount !== '' && !isRead && t('amount')) || (share !== '' && !isShare && t('ofAnnualPlan'));
  const [span, setSpan] = useTyped<(typeof spans)[number]>('span', before?.span ?? 'since-start');
  return (
    <>
      <label className="labelled">
        {t('amount')}
        <input
          className="field"
          value={amount}
          placeholder="12,000 · 3-4亿元 · 约3亿"
          onChange={(event) => setAmount(event.target.value)}
        />
      </label>
      <div className="chips">
        {units.map((one) => (
          <Chip key={one} isOn={!isWhole && unit === one} name={one} onTap={() => setUnit(one)} />
        ))}
      </div>
      <fieldset className="group">
        <legend>{t('span')}</legend>
        <div className="chips">
          {spans.map((one) => (
            <Chip key={one} isOn={span === one} name={t(`span.${one}`)} onTap={() => setSpan(one)} />
          ))}
        </div>
      </fieldset>
      <label className="labelled">
        {`% ${t('ofAnnualPlan')}`}
        <input
          className="field"
          inputMode="decimal"
          value={share}
          onChange={(event) => setShare(event.target.value.trim())}
        />
      </label>
      {note}
      <Save
        missing={missing || undefined}
        onSave={() =>
          onSave({
            type: 'InvestmentReported',
            ...(amount === '' ? {} : { amount: isWhole ? amount.trim() : { amount: amount.trim(), unit } }),
            span,
            ...(share === '' ? {} : { shareOfAnnualPlan: Number(share) }),
          })
        }
      />
    </>
  );
}

/** The month of a forecast that is edited again. */
function monthOf(before: { latest?: string } | undefined): string {
  return before?.latest?.slice(0, 7) ?? '';
}

/** A forecast: a month, or when in words. */
export function ForecastForm({ initial, note, onSave }: FormProps) {
  const { t, language } = useAround();
  const before = initial?.type === 'ForecastGiven' ? initial : undefined;
  const [target, setTarget] = useTyped<string>('target', before?.target ?? 'completion');
  const [month, setMonth] = useTyped<string>('month', monthOf(before));
  const [words, setWords] = useTyped<string>('when', before?.when ?? '');
  const when = words.trim();
  const isWrong = when !== '' && !whenIn(when);
  const [reason, setReason] = useTyped<string>('reason', before?.reason ?? '');
  return (
    <>
      <fieldset className="group">
        <legend>{t('target')}</legend>
        <div className="chips">
          {Object.entries(targetWords).map(([one, name]) => (
            <Chip key={one} isOn={target === one} name={name[language]} onTap={() => setTarget(one)} />
          ))}
        </div>
      </fieldset>
      <label className="labelled">
        {t('month')}
        <input
          className="field"
          type="month"
          value={month}
          onChange={(event) => setMonth(event.target.value)}
        />
      </label>
      <label className="labelled">
        {t('whenInWords')}
        <input
          className="field"
          maxLength={100}
          value={words}
          aria-invalid={isWrong}
          placeholder={t('whenExample')}
          onChange={(event) => setWords(event.target.value)}
        />
      </label>
      <label className="labelled">
        {t('reason')}
        <input
          className="field"
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      {note}
      <Save
        missing={
          isWrong ? t('whenInWords') : when !== '' || /^\d{4}-\d{2}$/.test(month) ? undefined : t('month')
        }
        onSave={() =>
          onSave({
            type: 'ForecastGiven',
            target,
            ...(when === '' ? { earliest: month, latest: month } : { when }),
            ...(reason.trim() ? { reason: reason.trim() } : {}),
          })
        }
      />
    </>
  );
}

/** "No change" in a period, which is different from no report. */
export function NoChangeForm({ initial, asOf, first, note, onSave }: FormProps & { first: Day }) {
  const { t } = useAround();
  const before = initial?.type === 'NoChangeReported' ? initial : undefined;
  // They follow the day of the entry until edited; that day may become known only after the form is rendered.
  const [chosenFrom, setFrom] = useTyped('from', before?.from);
  const [chosenTo, setTo] = useTyped('to', before?.to);
  const [from, to] = [chosenFrom ?? first, chosenTo ?? asOf];
  const day = (name: string, value: Day, set: (day: Day) => void) => (
    <label className="labelled">
      {name}
      <input
        className="field"
        type="date"
        max={asOf}
        value={value}
        onChange={(event) => set(event.target.value)}
      />
    </label>
  );
  return (
    <>
      {day(t('from'), from, setFrom)}
      {day(t('to'), to, setTo)}
      {note}
      <Save
        missing={from && to && from <= to ? undefined : `${t('from')} – ${t('to')}`}
        onSave={() => onSave({ type: 'NoChangeReported', from, to })}
      />
    </>
  );
}
