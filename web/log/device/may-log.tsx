import type { ReactNode } from 'react';
import { missingWords } from '../../../domain/access/permission-words.js';
import { may, useSelf } from '../../shared/self.js';
import { useAround } from '../around.js';
import { LogsAs } from './logs-as.js';

/** What somebody logs by; for a person whose roles do not let them log anywhere, which role that takes. */
export function MayLog({ children }: { children: ReactNode }) {
  const { t, language } = useAround();
  const self = useSelf();
  if (self?.mode !== 'signed-in' || may(self, 'entry-log')) return children;
  const { expected } = missingWords(['entry-log']);
  return (
    <>
      <h1>{t('title')}</h1>
      <LogsAs />
      <p role="status">{t('mayNotLog', { role: expected[language] })}</p>
    </>
  );
}
