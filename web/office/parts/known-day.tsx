import { dayMarks, type Exactness } from '../../../domain/values/day-marks.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { bracketed } from '../../../domain/values/punctuation.js';
import { dayWords } from '../../shared/figures.js';
import type { Language } from '../../shared/language.js';
import styles from './known-day.module.css';

const inferred = { precision: 'day', isInferred: true } as const satisfies Exactness;

/** The sign of each way in which a day is known, in the order in which they are explained. */
const signs = [
  { sign: '≈', known: inferred },
  { sign: '¹', known: { precision: 'period-start' } },
  { sign: '²', known: { precision: 'period-end' } },
  { sign: '³', known: { precision: 'month' } },
] as const satisfies readonly { sign: string; known: Exactness }[];

interface Props {
  day: Day;
  /** Absent for a day that is stated exactly. */
  known: Exactness | undefined;
  language: Language;
}

/** A day in a table: how exactly it is known is a sign, which `DayKey` explains; read aloud it is in words. */
export function KnownDay({ day, known, language }: Props) {
  const marks = known && dayMarks(known);
  if (!known || !marks) return dayWords(day, language);
  const own = signs.filter(({ known: of }) =>
    of === inferred ? known.isInferred : of.precision === known.precision,
  );
  return (
    <>
      {dayWords(day, language)}
      <span className={styles.signs} aria-hidden="true">
        {own.map(({ sign }) => sign)}
      </span>
      <span className="visually-hidden">{bracketed('', marks[language], language)}</span>
    </>
  );
}

/** What the signs of the days of a table say, below it. */
export function DayKey({ language }: Pick<Props, 'language'>) {
  return (
    <p className={styles.key} aria-hidden="true">
      {signs.map(({ sign, known }) => (
        <span key={sign}>
          {sign} {dayMarks(known)?.[language]}
        </span>
      ))}
    </p>
  );
}
