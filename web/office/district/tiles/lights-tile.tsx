import { severities } from '../../../../domain/governance/rules.js';
import { listed } from '../../../../domain/values/punctuation.js';
import { severityWords } from '../../../../projections/alerts/happening-words.js';
import { numberWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { signedWords } from '../since/change-words.js';
import { useDistrictTexts } from '../texts.js';
import { Change, NoChange, type NowAndThen, Tile, useHere } from './tile.js';
import styles from './tiles.module.css';

/** More projects than this are drawn as parts of one bar. */
const blocksMost = 60;
const kinds = [...severities.toReversed(), 'none'] as const;

/** One block a project in the colour of its light, and what is stalled. */
export function LightsTile({ total, then, awaits }: NowAndThen) {
  const say = useDistrictTexts();
  const language = useLanguage();
  const here = useHere();
  const nameOf = (kind: (typeof kinds)[number]) =>
    kind === 'none' ? say('noLight') : severityWords[kind][language];
  const words = (kind: (typeof kinds)[number]) =>
    `${nameOf(kind)} ${numberWords(total.lights[kind], language)}`;
  const shown = kinds.filter((kind) => total.lights[kind] > 0 || kind === 'red' || kind === 'yellow');
  const all = kinds.reduce((sum, kind) => sum + total.lights[kind], 0);
  const changed = then
    ? kinds.filter((kind) => kind !== 'none' && total.lights[kind] !== then.total.lights[kind])
    : [];
  const { works, production, staffing } = total.stalled;
  return (
    <Tile title={say('lights')} href={here({ sort: undefined, group: undefined, light: undefined })}>
      <div className={styles.blocks} role="img" aria-label={listed(kinds.map(words), language)}>
        {kinds.flatMap((kind) =>
          all <= blocksMost
            ? Array.from({ length: total.lights[kind] }, (_, index) => (
                <i key={`${kind} ${index}`} data-light={kind} />
              ))
            : total.lights[kind] > 0 && (
                <i key={kind} data-light={kind} style={{ flexGrow: total.lights[kind] }} />
              ),
        )}
      </div>
      <p className={styles.words} data-figure>
        {shown.map((kind) => (
          <a key={kind} href={here({ light: kind })} data-light={kind}>
            {words(kind)}
          </a>
        ))}
      </p>
      {works + production + staffing > 0 && (
        <p className={styles.small}>
          {say('stands')}: {say('standsWords', total.stalled)}
        </p>
      )}
      {then && (
        <Change
          day={then.day}
          worse={changed.length === 0 ? undefined : total.lights.red > then.total.lights.red}
        >
          {changed.length === 0
            ? say('unchanged')
            : changed
                .map(
                  (kind) =>
                    `${nameOf(kind)} ${signedWords(total.lights[kind] - then.total.lights[kind], language)}`,
                )
                .join(' · ')}
        </Change>
      )}
      {awaits && <NoChange />}
    </Tile>
  );
}
