import { Button, Text } from '@mantine/core';
import { secondWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { type LostBy, serviceReach, useReach } from '../../shared/reach.js';
import styles from '../office.module.css';
import { useOfficeTexts } from '../texts.js';

const words = {
  unreachable: 'lostUnreachable',
  gateway: 'lostGateway',
  interrupted: 'lostInterrupted',
} as const satisfies Record<LostBy, string>;

/** Shows the age of the data on every screen while the page does not follow the service. */
export function ReachBar() {
  const say = useOfficeTexts();
  const language = useLanguage();
  const { lost, at } = useReach();
  return (
    <div aria-live="polite">
      {lost && (
        <div className={styles.lost} data-testid="reach">
          <Text size="sm">
            <strong>{say(words[lost])}</strong>{' '}
            {at === undefined ? say('noData') : say('dataFrom', { time: secondWords(at, language) })}
          </Text>
          {lost === 'gateway' ? (
            <Button size="compact-xs" variant="default" onClick={() => location.reload()}>
              {say('reload')}
            </Button>
          ) : (
            <Button size="compact-xs" variant="default" onClick={() => serviceReach.doubt()}>
              {say('tryNow')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
