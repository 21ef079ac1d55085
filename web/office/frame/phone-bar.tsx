import type { RefObject } from 'react';
import { Link } from 'wouter';
import { EditIcon } from '../../shared/icon.js';
import { useOfficeTexts } from '../texts.js';
import { useMay } from '../use/self.js';
import { MoreIcon } from './icons.js';
import styles from './phone-bar.module.css';
import { usePlaces } from './places.js';

/** The bar at the foot of a phone: the places that are wanted most, and the others under "more". */
export function PhoneBar({
  button,
  controls,
  isOpen,
  onMore,
}: {
  /** The one that opens and closes the others. */
  button: RefObject<HTMLButtonElement | null>;
  /** The id of what it opens. */
  controls: string;
  isOpen: boolean;
  onMore: () => void;
}) {
  const may = useMay();
  const say = useOfficeTexts();
  const places = usePlaces();
  return (
    <nav aria-label={say('navigation')} className={`${styles.bar} not-printed`}>
      {places.map(
        ({ path, href, label, current, icon: Picture, beside: Beside }) =>
          Picture && (
            <Link key={path} href={href} aria-current={current}>
              <Picture />
              <span>{label}</span>
              {Beside && (
                <span className={styles.beside}>
                  <Beside />
                </span>
              )}
            </Link>
          ),
      )}
      {may('entry-log') && (
        <a href="/log/">
          <EditIcon />
          <span>{say('logShort')}</span>
        </a>
      )}
      <button
        ref={button}
        type="button"
        aria-expanded={isOpen}
        aria-controls={controls}
        aria-current={places.some(({ icon, current }) => !icon && current) ? 'true' : undefined}
        onClick={onMore}
      >
        <MoreIcon />
        <span>{say('more')}</span>
      </button>
    </nav>
  );
}
