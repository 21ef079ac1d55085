import type { Diagnosis } from '../../../maintenance/data-folder.js';
import { pairs, plain } from '../../views/table.js';

/** The findings about a data folder, then each problem on one line. */
export function diagnosisText({ dataPath, store, sqlite, views, settings }: Diagnosis): string {
  const rows: [string, string][] = [
    ['Folder', dataPath],
    [
      'Events',
      `${store.events} in ${store.streams} streams, up to position ${store.head}; ${verdict(store.problems.length)}`,
    ],
    [
      'SQLite',
      sqlite
        ? `${sqlite.version}, journal ${sqlite.journal}, synchronous ${sqlite.synchronous} (expected wal, 2)`
        : 'not opened, because the store is damaged',
    ],
    ...(sqlite ? [['Installation', sqlite.installation] as [string, string]] : []),
    ['Views', viewsText(views, sqlite !== null)],
    [
      'Business day',
      settings.today
        ? `${settings.today}, set by the folder`
        : 'the real one, unless TOPOUT_TODAY sets another',
    ],
  ];
  return [pairs(rows), ...store.problems.map(plain)].join('\n');
}

function verdict(problems: number): string {
  return problems === 0 ? 'hash, chain and order of each are right' : `${problems} problems`;
}

function viewsText(views: Diagnosis['views'], isLookedAt: boolean): string {
  if (!isLookedAt) return 'not looked at, because the store is damaged';
  if (!views) return 'none of this version; the service makes them when it starts';
  return views.lag === 0
    ? `at position ${views.position}, complete`
    : `at position ${views.position}, ${views.lag} behind; the service catches up when it starts`;
}
