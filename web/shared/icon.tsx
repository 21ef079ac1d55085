import type { ReactNode } from 'react';
import styles from './icon.module.css';

/** A picture that adds nothing to the words beside it. */
export function Icon({ children }: { children: ReactNode }) {
  return (
    <svg className={styles.icon} viewBox="0 0 18 18" aria-hidden="true">
      {children}
    </svg>
  );
}

export const EditIcon = () => (
  <Icon>
    <path d="M3 15l.7-3L12 3.7l2.3 2.3L6 14.3z" />
  </Icon>
);
