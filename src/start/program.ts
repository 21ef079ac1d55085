/**
 * Loads the program package by package: each blocks for a moment, and all of them together take seconds on a busy
 * machine.
 */
export async function loaded() {
  const packages = [
    () => import('class-validator'),
    () => import('@nestjs/common'),
    () => import('@nestjs/core'),
    () => import('@nestjs/platform-fastify'),
    () => import('@nestjs/swagger'),
  ];
  const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));
  // Connections made during the start of the process are answered before the first of them.
  await turn();
  for (const load of packages) {
    await load();
    await turn();
  }
  return {
    ...(await import('../composition/compose.js')),
    ...(await import('../composition/world.js')),
    ...(await import('../http/app.js')),
    ...(await import('../maintenance/example.js')),
    ...(await import('./open-mode.js')),
    ...(await import('../http/access/sign-in-place.js')),
    ...(await import('../http/limits/limits.js')),
  };
}
