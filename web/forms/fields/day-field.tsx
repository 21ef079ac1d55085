import { useState } from 'react';
import { addDays, type Day, isMonth } from '../../../domain/values/days/calendar.js';
import { monthWords } from '../../../domain/values/words.js';
import { dayWords } from '../../shared/figures.js';
import styles from '../forms.module.css';
import { type DaySaid, dayMeant } from '../said/day.js';
import { useFormTexts } from '../texts.js';
import { Chip } from './chips.js';

/** Today, yesterday, another day or a month; future days are not offered, because a fact lies in the past. */
export function DayField({ said, on, onChange }: { said: DaySaid; on: Day; onChange(said: DaySaid): void }) {
  const { t, language } = useFormTexts();
  const yesterday = addDays(on, -1);
  const [isChosen, setOther] = useState(false);
  const { asOf, precision, isInferred } = said;
  const marks = precision !== undefined || isInferred === true;
  const isOfMonth = isMonth(asOf);
  // Today may become known only after the form is rendered.
  const isOther = !isOfMonth && (isChosen || marks || (asOf !== on && asOf !== yesterday));
  const choose = (day: Day) => {
    setOther(false);
    onChange({ asOf: day });
  };
  const lastMonth = addDays(`${on.slice(0, 7)}-01`, -1).slice(0, 7);
  const day = dayMeant(asOf, on);
  const withInferred = isInferred ? { isInferred } : {};
  return (
    <fieldset className={styles.group}>
      <legend>
        {t('day')} {isOfMonth ? monthWords(day)[language] : asOf && dayWords(day, language)}
      </legend>
      <div className={styles.chips}>
        <Chip isOn={!isOther && asOf === on} onTap={() => choose(on)} name={t('today')} />
        <Chip isOn={!isOther && asOf === yesterday} onTap={() => choose(yesterday)} name={t('yesterday')} />
        <Chip
          isOn={isOther}
          onTap={() => {
            setOther(true);
            if (isOfMonth) onChange({ asOf: day, ...withInferred });
          }}
          name={t('otherDay')}
        />
        <Chip
          isOn={isOfMonth}
          onTap={() => onChange({ asOf: lastMonth, ...withInferred })}
          name={t('wholeMonth')}
        />
      </div>
      {(isOther || isOfMonth) && (
        <>
          <input
            type={isOfMonth ? 'month' : 'date'}
            className={styles.field}
            aria-label={t(isOfMonth ? 'wholeMonth' : 'otherDay')}
            value={asOf}
            max={isOfMonth ? lastMonth : on}
            onChange={(event) => event.target.value && onChange({ ...said, asOf: event.target.value })}
          />
          <div className={styles.chips}>
            {!isOfMonth && (
              <Chip
                isOn={precision === 'period-end'}
                name={t('periodEnd')}
                onTap={() =>
                  onChange({
                    asOf,
                    ...(precision === 'period-end' ? {} : { precision: 'period-end' }),
                    ...withInferred,
                  })
                }
              />
            )}
            <Chip
              isOn={isInferred === true}
              name={t('inferred')}
              onTap={() => {
                const { isInferred: _, ...others } = said;
                onChange(isInferred ? others : { ...others, isInferred: true });
              }}
            />
          </div>
        </>
      )}
    </fieldset>
  );
}
