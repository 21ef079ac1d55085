// The list of what is delivered (SBOM), by npm itself: `npm run -s sbom > sbom.json`, or with `--sbom-format spdx`.
import { ensureInstalled, npm } from './ensure.mjs';

await ensureInstalled();
const asked = process.argv.slice(2);
const format = asked.includes('--sbom-format') ? [] : ['--sbom-format', 'cyclonedx'];
process.exit(
  await npm(
    ['sbom', '--omit', 'dev', '--omit', 'optional', '--package-lock-only', ...format, ...asked],
    ['ignore', 1, 2],
  ),
);
