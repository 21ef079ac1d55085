import { useAround } from '../around.js';
import { dockIcons } from '../icons.js';
import { addressOf } from '../place.js';
import styles from './dock.module.css';

const facts = ['Money', 'Stall', 'NoChange', 'StageEntered'] as const;

/** What is true of the project as a whole, always in reach of the thumb. */
export function Dock({ project }: { project: string }) {
  const { t } = useAround();
  return (
    <nav className={styles.dock} aria-label={t('dock')}>
      {facts.map((what) => {
        const Icon = dockIcons[what];
        return (
          <a key={what} href={addressOf({ at: 'say', project, what })}>
            <Icon />
            {t(`dock.${what}`)}
          </a>
        );
      })}
    </nav>
  );
}
