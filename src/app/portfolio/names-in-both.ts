import { type ByLanguage, CalledTheSame } from '../../../domain/values/by-language.js';
import type { RowTerms } from './table/terms.js';

/** What is named in both languages by the projects together. */
type Named = 'district' | 'sector';

/** The names of districts and sectors in both languages, where any project of the installation says both. */
export class NamesInBoth {
  private count = 0;
  private called: Readonly<Record<Named, CalledTheSame>> | undefined;

  constructor(private readonly places: RowTerms['places']) {}

  /** A name with what other projects call the same; the project's own names take precedence. */
  of(name: Named, text: ByLanguage): ByLanguage {
    if (text.en !== undefined && text.zh !== undefined) return text;
    const { en, zh } = this.known()[name].of(text);
    return {
      ...(en === undefined ? {} : { en }),
      ...(zh === undefined ? {} : { zh }),
      ...text,
    } as ByLanguage;
  }

  /** Computed again when a project is of a place that none was of before. */
  private known(): Readonly<Record<Named, CalledTheSame>> {
    const { places } = this;
    if (!this.called || this.count !== places.count) {
      this.count = places.count;
      const all = (name: Named) => places.since(1).flatMap(({ value }) => value[name] ?? []);
      this.called = {
        district: new CalledTheSame(all('district')),
        sector: new CalledTheSame(all('sector')),
      };
    }
    return this.called;
  }
}
