import { createContext, type ReactNode, use, useCallback, useEffect, useState } from 'react';
import type { Names } from '../forms/said/known.js';
import { type Language, useLanguage } from '../shared/language.js';
import { personHere } from '../shared/self.js';
import { deviceShelf } from './outbox/device.js';
import type { Entry } from './outbox/entry.js';
import { Outbox } from './outbox/outbox.js';
import { type Post, PostOffice } from './outbox/post.js';
import { said, type TextName } from './texts.js';

const outbox = new Outbox(
  deviceShelf,
  () => new Date(),
  () => {
    const { person, name } = personHere() ?? {};
    return person === undefined ? undefined : { person, ...(name === undefined ? {} : { name }) };
  },
);
const office = new PostOffice(outbox);

/** Shared context of all parts of the log. */
interface Around {
  language: Language;
  t(name: TextName, values?: Readonly<Record<string, string | number>>): string;
  nameOf(names: Names): string;
  outbox: Outbox;
  office: PostOffice;
  entries: Entry[];
  post: Post;
}

const AroundContext = createContext<Around | undefined>(undefined);

export function useAround(): Around {
  const around = use(AroundContext);
  if (!around) throw new Error('useAround is called outside of AroundLog');
  return around;
}

/** Provides the language, the entries on the device and the sending state to the children. */
export function AroundLog({ children }: { children: ReactNode }) {
  const language = useLanguage();
  const [entries, setEntries] = useState<Entry[]>([]);
  const [post, setPost] = useState<Post>(office.now);
  useEffect(() => {
    const look = () => void outbox.entries().then(setEntries);
    const stops = [outbox.onChange(look), office.onChange(() => setPost(office.now))];
    look();
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.title = `Topout · ${said('title', language)}`;
  }, [language]);
  const t: Around['t'] = useCallback((name, values) => said(name, language, values), [language]);
  const nameOf = useCallback((names: Names) => names[language] ?? names.zh ?? names.en ?? '', [language]);
  const around = { language, t, nameOf, outbox, office, entries, post };
  return <AroundContext value={around}>{children}</AroundContext>;
}

/** Starts sending waiting entries; once per page. */
export function startSending(): void {
  office.start();
}
