import { personHere } from '../shared/self.js';

/** Those of the person who signed in: another one at this device does not see them. */
const name = () => ['topout-recent-projects', personHere()?.person].filter(Boolean).join(' ');
const most = 8;

/** Projects that were logged on this device, most recent first. */
export function recentProjects(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name()) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

/** Puts a project first in the recent ones. */
export function noteRecent(project: string): void {
  const all = [project, ...recentProjects().filter((other) => other !== project)];
  localStorage.setItem(name(), JSON.stringify(all.slice(0, most)));
}
