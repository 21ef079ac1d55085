import { useMemo } from 'react';
import styles from './enrol.module.css';

/** Light modules around the code, which cameras need. */
const border = 4;

/** A QR code as a picture; it is drawn, because the page takes no markup as a text. */
export function QrCode({ modules, label }: { modules: readonly (readonly boolean[])[]; label: string }) {
  const path = useMemo(
    () =>
      modules
        .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x + border} ${y + border}h1v1h-1z` : '')))
        .join(''),
    [modules],
  );
  const size = modules.length + 2 * border;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      className={styles.picture}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#000" />
    </svg>
  );
}
