import type { Compared, ProjectionStatus, Pushed } from '../../../maintenance/server-projections.js';
import { table } from '../../views/table.js';

const outcomes: Readonly<Record<Pushed['outcome'], string>> = {
  unchanged: 'is deployed already; nothing was changed',
  created: 'was deployed',
  restarted: 'had stopped, and runs again',
};

/** The result of a push for one projection. */
export function pushedLine({ name, outcome, isCaughtUp, removed }: Pushed): string {
  const late = isCaughtUp ? '' : ' It has not caught up yet; older versions stay until it has.';
  const old = removed.length > 0 ? ` ${removed.join(', ')} was removed.` : '';
  return `${name} ${outcomes[outcome]}.${late}${old}`;
}

/** The deployed projections, one row each, followed by the reasons of faulted ones. */
export function statusTable(projections: readonly ProjectionStatus[]): string {
  const columns = [
    { head: 'Projection' },
    { head: 'Version' },
    { head: 'State' },
    { head: 'Progress', align: 'right' as const },
  ];
  const rows = projections.map(({ name, version, status, progressPercent }) => [
    name,
    version,
    status,
    version === 'missing' ? '' : `${Math.max(0, Math.floor(progressPercent * 10) / 10)} %`,
  ]);
  const errors = projections.flatMap(({ name, error }) => (error ? [`${name}: ${error}`] : []));
  return [table(columns, rows), ...errors].join('\n');
}

/** The first difference between the server and this build. */
export function comparedLine({ projection, project, outcome, revision, difference, why }: Compared): string {
  const what = `${project}: ${projection} ${outcome} at revision ${revision}`;
  if (!difference) return why === undefined ? `${what}.` : `${what}: ${why}.`;
  const { path, here, server } = difference;
  return `${what}, at ${path}: ${shown(here)} here, ${shown(server)} on the server.`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
