import type { Topout } from '../../app/topout.js';

/** The business day of a service, and its main routes. */
export function indexOf(topout: Pick<Topout, 'today'>) {
  const links = {
    projects: '/projects',
    portfolio: '/portfolio',
    health: '/health/ready',
    problems: '/problems',
    openapi: '/openapi.json',
    docs: '/docs',
  };
  return { name: 'Topout', today: topout.today(), links };
}
