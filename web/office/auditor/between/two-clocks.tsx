import { Text } from '@mantine/core';
import { dayNumber } from '../../../../domain/values/days/calendar.js';
import { dayWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { useAuditorTexts } from '../texts.js';
import styles from './between.module.css';
import type { TotalChanges } from './total-changes.js';

const size = 280;
const edge = 14;

/** The new entries in one picture: to the right the day they are about, upwards the order in which they were recorded. */
export function TwoClocks({ found }: { found: TotalChanges }) {
  const say = useAuditorTexts();
  const language = useLanguage();
  const { from, to, items } = found;
  const dots = items.flatMap(({ name, entries }) => entries.map((entry) => ({ name, ...entry })));
  const days = [from.asOf, to.asOf, ...dots.map(({ asOf }) => asOf)].map(dayNumber);
  const [first, last] = [Math.min(...days) - 1, Math.max(...days)];
  const highest = Math.max(from.knownAt.position, to.knownAt.position, 1);
  const x = (day: string) =>
    edge + ((dayNumber(day) - first) / Math.max(1, last - first)) * (size - 2 * edge);
  const y = (position: number) => size - edge - (position / highest) * (size - 2 * edge);
  const corner = (moment: typeof from) => ({ x: x(moment.asOf), y: y(moment.knownAt.position) });
  const [a, b] = [corner(from), corner(to)];
  return (
    <aside className={styles.clocks} aria-label={say('twoClocks')}>
      <Text fw={600}>{say('twoClocks')}</Text>
      <Text size="xs">{say('twoClocksHint')}</Text>
      <svg width={size} height={size} role="img" aria-label={say('twoClocksOf', { count: dots.length })}>
        {[
          { name: 'B', ...b },
          { name: 'A', ...a },
        ].map(({ name, ...at }) => (
          <g key={name} data-moment={name}>
            <rect x={edge} y={at.y} width={at.x - edge} height={size - edge - at.y} />
            <text x={Math.max(edge, at.x - 11)} y={Math.max(12, at.y + 13)}>
              {name}
            </text>
          </g>
        ))}
        <path d={`M${edge} ${edge}V${size - edge}H${size - edge}`} className={styles.axes} />
        {dots.map(({ id, name, kind, asOf, position, words }) => (
          <circle key={id} cx={x(asOf)} cy={y(position)} r={4} data-kind={kind}>
            <title>{`${name}: ${words} (${dayWords(asOf, language)}, ${say('upToEntry', { position })})`}</title>
          </circle>
        ))}
      </svg>
      <ul className={styles.legend}>
        {(['new', 'late', 'correction', 'withdrawal'] as const).map((kind) => (
          <li key={kind} data-kind={kind}>
            {say(`kind.${kind}`)}
          </li>
        ))}
      </ul>
      <Text size="xs">{say('toTheRight')}</Text>
      <Text size="xs">{say('upwards')}</Text>
    </aside>
  );
}
