import { listed } from '../../../domain/values/punctuation.js';
import { nameWords } from '../../../domain/values/words.js';
import type { ProjectRow } from '../../../projections/project/project.js';
import { useLanguage } from '../../shared/language.js';
import { useDistrictTexts } from './texts.js';

/** Announces to screen readers which projects have new entries. */
export function News({ rows, projects }: { rows: readonly ProjectRow[]; projects: ReadonlySet<string> }) {
  const say = useDistrictTexts();
  const language = useLanguage();
  const names = rows
    .filter(({ project }) => projects.has(project))
    .map(({ name, project }) => nameWords(name, project)[language]);
  return (
    <div role="status" className="visually-hidden">
      {names.length > 0 && say('news', { names: listed(names, language) })}
    </div>
  );
}
