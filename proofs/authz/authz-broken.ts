import type { Permission } from '../../domain/access/permissions.js';
import { permissionsOf } from '../../domain/access/roles.js';
import { type Stated, statedRoutes } from '../../src/http/access/stated.js';

/** A changed permission. */
export interface Broken {
  /** The routes that it concerns. */
  concerned: readonly string[];
  /** Changes it back. */
  mend(): void;
}

/** Changes one permission of the tables, that of a route or of a role. */
export function changeOne(seed: number): Broken {
  const changes = [
    route('GET /metrics', 'signed-in'),
    route('GET /projects/:project/journal', { any: ['project-read'], at: 'somewhere' }),
    route('GET /projects/:project', 'signed-in'),
    route('POST /alerts/:alert/silence', { any: ['alerts-answer'], at: 'alert' }),
    role('subscriber', 'entry-log'),
    role('auditor', 'people-manage'),
  ];
  return (changes[seed % changes.length] as () => Broken)();
}

const stated = statedRoutes as Record<string, Stated>;

function route(name: string, other: Stated): () => Broken {
  return () => {
    const own = stated[name] as Stated;
    stated[name] = other;
    return {
      concerned: [name],
      mend: () => {
        stated[name] = own;
      },
    };
  };
}

function role(name: 'subscriber' | 'auditor', more: Permission): () => Broken {
  return () => {
    const held = permissionsOf(name) as Permission[];
    held.push(more);
    const concerned = Object.entries(stated)
      .filter(([, one]) => typeof one === 'object' && one.any.includes(more))
      .map(([name]) => name);
    return { concerned, mend: () => void held.pop() };
  };
}
