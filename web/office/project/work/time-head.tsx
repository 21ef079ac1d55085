import { useLanguage } from '../../../shared/language.js';
import { monthsOn, type TimeAxis } from '../../parts/time-axis.js';
import { useProjectTexts } from '../texts.js';
import { timeWidth } from './time-cell.js';
import styles from './work.module.css';

/** The months over the bars. */
export function TimeHead({ axis }: { axis: TimeAxis }) {
  const say = useProjectTexts();
  const language = useLanguage();
  return (
    <div className={styles.months}>
      <span className="visually-hidden">{say('schedule')}</span>
      {monthsOn(axis, 7, language).map(({ day, words }) => (
        <span
          key={day}
          className={styles.month}
          style={{ insetInlineStart: `${(axis.place(day) / timeWidth) * 100}%` }}
        >
          {words}
        </span>
      ))}
    </div>
  );
}
