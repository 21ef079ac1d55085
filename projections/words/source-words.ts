import type { EntryMetadata, Source } from '../../domain/project/events.js';
import { joined, type Words } from '../../domain/values/words.js';

/** The source of an entry in a few words: only what was seen on the site stands as an inspection. */
export function sourceWords(source: Source): Words {
  switch (source.kind) {
    case 'inspection':
      return { en: 'inspection', zh: '现场查看' };
    case 'report': {
      const { document, paragraph } = source;
      const where = paragraph === undefined ? '' : `, ${paragraph}`;
      const at = paragraph === undefined ? '' : `，${paragraph}`;
      return { en: `from the report “${document}”${where}`, zh: `摘自《${document}》${at}` };
    }
    case 'import': {
      const { document, line } = source;
      const from = document === undefined ? '' : ` from “${document}”`;
      const file = document === undefined ? '' : `自《${document}》`;
      return {
        en: `taken over${from || ' from a file'}${line === undefined ? '' : `, line ${line}`}`,
        zh: `导入${file}${line === undefined ? '' : `，第 ${line} 行`}`,
      };
    }
    case 'unstated':
      return { en: 'source not stated', zh: '来源未注明' };
    case 'system':
      return { en: 'system', zh: '系统' };
  }
}

/** Where on the site, then the source: `K12+300 · inspection`. */
export function provenanceWords({ place, source }: Pick<EntryMetadata, 'place' | 'source'>): Words {
  const from = sourceWords(source);
  return place === undefined ? from : joined([{ en: place, zh: place }, from], { en: ' · ', zh: ' · ' });
}
