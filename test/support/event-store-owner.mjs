// A process that holds a store: it appends a number of events to the given file, prints a line for each answer, and
// stays until it is killed. Runs from source, so that it needs no build.
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (specifier, context, next) =>
    next(
      specifier.startsWith('.') && context.parentURL?.endsWith('.ts')
        ? specifier.replace(/\.js$/, '.ts')
        : specifier,
      context,
    ),
});
const { openSqliteStore } = await import('../../src/event-store/sqlite/sqlite.ts');
const { storePorts } = await import('./event-store-ports.ts');
const { measured } = await import('./event-store-samples.ts');

const [path, count] = process.argv.slice(2);
try {
  const store = openSqliteStore(path, storePorts());
  for (let number = 0; number < Number(count); number += 1) {
    await store.append('project-east', [measured(number, `owner ${number}`)], 'any');
    console.log(number);
  }
  console.log('ready');
  setInterval(() => {}, 1000);
} catch (error) {
  console.log(error.reason, error.message);
}
