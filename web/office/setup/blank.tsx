import styles from './setup.module.css';

/** Stands where fields beside it have a hint, so that all of a row begin at one height; not where each is a row. */
export const blank = <span className={styles.blank}>{'\u00a0'}</span>;
