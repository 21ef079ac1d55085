import { Anchor, Group } from '@mantine/core';
import { Link } from 'wouter';
import { useOfficeTexts } from '../texts.js';
import { useMay } from '../use/self.js';
import styles from './frame.module.css';
import { type Place, usePlaces } from './places.js';

/** The names of the screens beside the mark; on a phone the bar has them. */
export function Navigation() {
  const may = useMay();
  const say = useOfficeTexts();
  return (
    <nav aria-label={say('navigation')} className={styles.navigation}>
      <Group gap="md" component="ul">
        {usePlaces().map((place) => (
          <li key={place.path}>
            <PlaceLink place={place} />
          </li>
        ))}
        {may('entry-log') && (
          <li>
            <Anchor href="/log/">{say('log')}</Anchor>
          </li>
        )}
      </Group>
    </nav>
  );
}

/** What the bar of a phone has no room for, in what "more" opens. */
export function OtherPlaces() {
  const say = useOfficeTexts();
  const places = usePlaces().filter(({ icon }) => !icon);
  if (places.length === 0) return null;
  return (
    <nav aria-label={say('more')} className={styles.others}>
      <ul>
        {places.map((place) => (
          <li key={place.path}>
            <PlaceLink place={place} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function PlaceLink({ place: { href, label, current, beside: Beside } }: { place: Place }) {
  return (
    <Anchor component={Link} href={href} aria-current={current}>
      {label}
      {Beside && <Beside />}
    </Anchor>
  );
}
