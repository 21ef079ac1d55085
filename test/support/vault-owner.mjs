// A process that shares a key file: it seals a text for each of a number of its own subscriptions and for a common one,
// and prints each result. Runs from source, so that it needs no build.
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
const { openVault } = await import('../../src/vault/vault.ts');

const [path, name, count] = process.argv.slice(2);
const vault = openVault(path);
const { publicKey } = vault.signingKey();
const shared = { token: vault.token('all', 'test'), publicKey, ...vault.seal('all', name) };
console.log(JSON.stringify(shared));
for (let number = 0; number < Number(count); number += 1) {
  const subscription = `${name}-${number}`;
  console.log(JSON.stringify({ subscription, ...vault.seal(subscription, subscription) }));
}
