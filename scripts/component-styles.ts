import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

/**
 * Fails a build in which a component of Mantine has no styles: `web/office/mantine.css` lists those of the components that
 * the screens have, because those of all are twice as long.
 */
export function componentStyles(): Plugin {
  return {
    name: 'component-styles',
    apply: 'build',
    generateBundle(_, bundle) {
      const all = classesIn(
        readFileSync(createRequire(import.meta.url).resolve('@mantine/core/styles.css'), 'utf8'),
      );
      const [used, styled] = [new Set<string>(), new Set<string>()];
      for (const output of Object.values(bundle)) {
        if (output.type === 'chunk') for (const one of classesIn(output.code)) used.add(one);
        else if (output.fileName.endsWith('.css'))
          for (const one of classesIn(String(output.source))) styled.add(one);
      }
      const missing = [...used].filter((one) => all.has(one) && !styled.has(one));
      if (missing.length > 0)
        throw new Error(
          `web/office/mantine.css lacks the styles of the components with ${missing.join(', ')}.`,
        );
    },
  };
}

/** The classes of components, which have no other names than these. */
function classesIn(text: string): ReadonlySet<string> {
  return new Set(text.match(/\bm_[0-9a-f]{6,8}\b/g));
}
