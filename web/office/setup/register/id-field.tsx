import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { nameWords } from '../../../../domain/values/words.js';
import type { ProjectInWords } from '../../../shared/answers.js';
import { ask } from '../../../shared/ask.js';
import { useLanguage } from '../../../shared/language.js';
import { Problem } from '../../../shared/problem.js';
import { idMistake } from './registration.js';
import { useRegisterTexts } from './texts.js';

const restMs = 300;
const wordsOf = { short: 'idShort', long: 'idLong', signs: 'idSigns' } as const;

/** The id of a new project: proposed from its name, and checked while typing. */
export function IdField({
  id,
  isProposed,
  onChange,
  error,
}: {
  id: string;
  isProposed: boolean;
  onChange: (id: string) => void;
  error: string | undefined;
}) {
  const say = useRegisterTexts();
  const language = useLanguage();
  const [settled] = useDebouncedValue(id, restMs);
  const mistake = id === '' ? undefined : idMistake(id);
  // Null if it is free.
  const { data: owner } = useQuery({
    queryKey: ['id of a project', settled],
    enabled: settled === id && id !== '' && !mistake,
    retry: false,
    queryFn: ({ signal }) =>
      ask<ProjectInWords>(`/projects/${settled}`, {}, signal).catch((problem) => {
        if (problem instanceof Problem && problem.status === 404) return null;
        throw problem;
      }),
  });
  const isKnown = settled === id && !mistake;
  const taken =
    isKnown && owner ? say('idTaken', { id, name: nameWords(owner.details.names, id)[language] }) : undefined;
  const hint = isKnown && owner === null ? say('idFree', { id }) : isProposed ? say('idProposed') : '\u00a0';
  return (
    <TextInput
      label={say('id')}
      description={<span aria-live="polite">{hint}</span>}
      value={id}
      onChange={(event) => onChange(event.currentTarget.value.trim().toLowerCase())}
      error={error ?? (mistake ? say(wordsOf[mistake]) : taken)}
      autoComplete="off"
      spellCheck={false}
      required
    />
  );
}
