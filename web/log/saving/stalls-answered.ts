import type { OpenStall } from '../../forms/said/known.js';

const kept = 'topout.log.still-stalled';

function known(): string[] {
  try {
    const all: unknown = JSON.parse(sessionStorage.getItem(kept) ?? '[]');
    return Array.isArray(all) ? all.filter((one): one is string => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

const nameOf = (project: string, { stall, from }: OpenStall) => `${project}/${stall}/${from}`;

/** True for a stall of which the person said in this session that it goes on: it is asked once. */
export function wasAnswered(project: string, stall: OpenStall): boolean {
  return known().includes(nameOf(project, stall));
}

/** Notes that a stall goes on. Without storage space it is asked again. */
export function answered(project: string, stall: OpenStall): void {
  try {
    sessionStorage.setItem(kept, JSON.stringify([...known(), nameOf(project, stall)]));
  } catch {
    // It is asked again.
  }
}
