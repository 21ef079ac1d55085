import styles from './setup.module.css';

/**
 * A spacer in place of a hint, so that all fields of a row start at the same height; not rendered on narrow screens.
 */
export const blank = <span className={styles.blank}>{'\u00a0'}</span>;
