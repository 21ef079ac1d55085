import { Alert, Group, Text } from '@mantine/core';
import type { PersonAnswer } from '../../../../src/app/access/access.js';
import { dayWords, instantWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { Sure } from '../../parts/sure.js';
import { useAuthor } from '../../use/authors.js';
import { useSelf } from '../../use/self.js';
import { useChange } from '../people-queries.js';
import { useAccessTexts } from '../texts.js';

/** Erases what a person wrote: one administrator asks for it, and another one, if there is one, confirms it. */
export function Erasure({
  person: { person, erasure, erased },
  name,
}: {
  person: PersonAnswer;
  name: string;
}) {
  const say = useAccessTexts();
  const language = useLanguage();
  const author = useAuthor();
  const self = useSelf();
  const erase = useChange<undefined>(() => ({ method: 'POST', path: `/people/${person}/erasure` }));
  const cancel = useChange<undefined>(() => ({ method: 'DELETE', path: `/people/${person}/erasure` }));
  if (erased) return <Text size="sm">{say('erasedOn', { day: dayWords(erased.on, language) })}</Text>;
  if (!erasure)
    return (
      <div>
        <Sure label={say('erase')} title={say('eraseTitle', { name })} act={erase}>
          {say('eraseHint')} {say('eraseTwo')}
        </Sure>
      </div>
    );
  const until = instantWords(erasure.until, language);
  return (
    <Alert color="var(--waits)" variant="outline" title={say('erasureAsked')}>
      <Text size="sm" mb="xs">
        {say('erasureAskedBy', { by: author(erasure), at: instantWords(erasure.at, language), until })}
      </Text>
      <Group gap="sm">
        {erasure.by !== self?.person && (
          <Sure label={say('eraseConfirm')} title={say('eraseTitle', { name })} act={erase}>
            {say('eraseHint')}
          </Sure>
        )}
        <Sure label={say('eraseCancel')} title={say('eraseCancelTitle', { name })} act={cancel}>
          {say('eraseCancelHint')}
        </Sure>
      </Group>
    </Alert>
  );
}
