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
  const { compose } = await import('../composition/compose.js');
  const { newSecret, world } = await import('../composition/world.js');
  const { createHttpApp } = await import('../http/app.js');
  const { loadExample } = await import('../maintenance/example.js');
  const { openMode, accessNotices, proxyList } = await import('./open-mode.js');
  const { setupUrl } = await import('../http/access/sign-in-place.js');
  const { Limits } = await import('../http/limits/limits.js');
  return {
    compose,
    world,
    createHttpApp,
    loadExample,
    newSecret,
    openMode,
    accessNotices,
    proxyList,
    Limits,
    setupUrl,
  };
}
