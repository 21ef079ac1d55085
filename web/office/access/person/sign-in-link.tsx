import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { PersonAnswer } from '../../../../src/app/access/access.js';
import { instantWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { Refused } from '../../setup/refused.js';
import { useChange } from '../people-queries.js';
import { useAccessTexts } from '../texts.js';
import { ShownOnce } from './shown-once.js';

/** A one-time link that was just made, and its address. */
interface LinkMade {
  url: string;
  expiresAt: string;
}

/** Makes a one-time link by which a person sets a password for the page. */
export function SignInLink({ person: { person }, name }: { person: PersonAnswer; name: string }) {
  const say = useAccessTexts();
  const language = useLanguage();
  const [made, setMade] = useState<LinkMade>();
  const make = useChange<void, LinkMade>(
    () => ({ method: 'POST', path: `/people/${person}/links` }),
    setMade,
  );
  return (
    <>
      <Text size="sm" mb="xs">
        {say('linkHint')}
      </Text>
      {made ? (
        <ShownOnce
          title={say('linkOf', { name })}
          hint={say('linkOnce', { at: instantWords(made.expiresAt, language) })}
          secret={made.url}
          onDone={() => setMade(undefined)}
        />
      ) : (
        <Group>
          <Button size="xs" variant="default" loading={make.isPending} onClick={() => make.mutate()}>
            {say('makeLink')}
          </Button>
        </Group>
      )}
      <Refused error={make.error} fields={[]} />
    </>
  );
}
