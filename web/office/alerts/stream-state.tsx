import { Text } from '@mantine/core';
import { useStore } from '../../shared/use-store.js';
import styles from './alerts.module.css';
import { happenings } from './happenings.js';
import { useAlertTexts } from './texts.js';

/** Shows whether the list is live. */
export function StreamState() {
  const say = useAlertTexts();
  const state = useStore(happenings.watch, () => happenings.state);
  return (
    <Text size="sm" role="status" className={styles.stream} data-state={state}>
      {say(`stream.${state}`)}
    </Text>
  );
}
