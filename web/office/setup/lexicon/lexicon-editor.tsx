import { Alert, Button, Fieldset, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { type LexiconSet, lexiconContent } from '../../../../domain/governance/lexicons.js';
import { isSame } from '../../../../domain/values/equal.js';
import type { LexiconVersion } from '../../../../src/app/governance/governance.js';
import { tell } from '../../../shared/ask.js';
import { useLanguage } from '../../../shared/language.js';
import { Problem } from '../../../shared/problem.js';
import { Denied } from '../../parts/denied.js';
import { Section } from '../../parts/section.js';
import { useAuthor } from '../../use/authors.js';
import { useMay } from '../../use/self.js';
import { basisOf, isWhole } from '../basis.js';
import { BasisFields } from '../basis-fields.js';
import { liesIn } from '../faults.js';
import { useKept } from '../kept.js';
import { Refused, useFaultAt } from '../refused.js';
import styles from '../rules/rules.module.css';
import { LexiconChanges } from './lexicon-changes.js';
import { faultIn } from './lexicon-draft.js';
import { LexiconHistory } from './lexicon-history.js';
import { LexiconTestView } from './lexicon-test-view.js';
import { PastePhrases } from './paste-phrases.js';
import { useLexiconTexts } from './texts.js';
import { WordList } from './word-list.js';

interface Kept {
  /** The version from which the draft started. */
  version: number;
  words: LexiconSet['words'];
}

/** Edits the words of the lexicon, compares the figures, and adopts them. */
export function LexiconEditor({
  inForce,
  versions,
  today,
  onStale,
}: {
  inForce: LexiconVersion;
  versions: readonly LexiconVersion[];
  today: string;
  onStale: () => Promise<unknown>;
}) {
  const say = useLexiconTexts();
  const language = useLanguage();
  const author = useAuthor();
  // Rules hold in the whole installation.
  const mayAdopt = useMay()('rules-adopt', {});
  const { lexicon } = inForce;
  const [{ words, version }, setKept, forget] = useKept<Kept>('lexicon', lexicon);
  const [reasons, setReasons] = useState({ who: '', decidedOn: today, why: '' });
  const [isTried, setTried] = useState(false);
  const [done, setDone] = useState<string>();
  // Fields that are not controlled start again with it.
  const [begun, setBegun] = useState(0);
  const draft: LexiconSet = { basis: basisOf(reasons), words };
  const adopt = useMutation({
    mutationFn: async () =>
      (
        await tell<LexiconVersion & { outcome: string }>('PUT', '/lexicon', draft, {
          revision: `"${version}"`,
        })
      ).answer,
    onSuccess: async (answer) => {
      setKept({ version: answer.lexicon.version, words: answer.lexicon.words });
      forget();
      setReasons({ who: '', decidedOn: today, why: '' });
      setTried(false);
      await onStale();
      setDone(
        answer.outcome === 'already-said'
          ? say('alreadySaid')
          : say('done', { version: answer.lexicon.version }),
      );
    },
    onError: (problem) => {
      if (problem instanceof Problem && problem.kind === 'revision-stale') void onStale();
    },
  });
  const change = (next: LexiconSet['words']) => {
    setDone(undefined);
    adopt.reset();
    setKept({ version, words: next });
  };
  const begin = (from: LexiconSet['words']) => {
    setDone(undefined);
    adopt.reset();
    setBegun(begun + 1);
    setKept({ version: lexicon.version, words: from });
  };
  const isStale = adopt.error instanceof Problem && adopt.error.kind === 'revision-stale';
  const error = isStale ? undefined : adopt.error;
  const said = useFaultAt(error);
  const here = useMemo(() => faultIn({ basis: '', words }, lexicon, language), [words, lexicon, language]);
  const isChanged = !isSame(words, lexicon.words);
  const isOvertaken = lexicon.version > version && isChanged;
  const faultAt = (place: number) => {
    const member = `words[${place}]`;
    const isHere = here !== undefined && liesIn(here.member, [member]);
    return said(member) ?? (isHere ? say('mistake', { ...here }) : undefined);
  };
  const known = new Set(lexicon.words.map(({ word }) => word));
  return (
    <Stack gap="lg">
      {isOvertaken && (
        <Alert color="var(--waits)" variant="outline" role="alert">
          <Text size="sm">
            {say('overtaken', {
              version: lexicon.version,
              by: inForce.by === null ? '–' : author({ by: inForce.by }),
              basis: lexicon.basis,
            })}
          </Text>
          <Group gap="xs" mt="xs">
            <Button size="xs" onClick={() => begin(lexicon.words)}>
              {say('takeTheirs', { version: lexicon.version })}
            </Button>
            <Button size="xs" variant="default" onClick={() => begin(words)}>
              {say('keepMine', { version: lexicon.version })}
            </Button>
          </Group>
        </Alert>
      )}
      <Section title={say('words')}>
        <WordList
          key={begun}
          lexicon={{ version, words }}
          isNew={({ word }) => !known.has(word)}
          faultAt={faultAt}
          onChange={change}
        />
      </Section>
      <div className={styles.beside}>
        <PastePhrases
          words={words}
          onChange={(next) => {
            setBegun(begun + 1);
            change(next);
          }}
        />
        <Section title={say('test')}>
          <LexiconTestView draft={draft} today={today} />
        </Section>
      </div>
      {mayAdopt ? (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setTried(true);
            setDone(undefined);
            if (isWhole(reasons)) adopt.mutate();
          }}
        >
          <Fieldset legend={say('adopt')}>
            <Text size="sm" fw={600}>
              {say('changes')}
            </Text>
            <LexiconChanges before={lexiconContent(lexicon)} after={draft} />
            {here && (
              <Text size="sm" c="var(--bad)" role="alert">
                {nameAt(here.member)}
                {say('mistake', { ...here })}
              </Text>
            )}
            <BasisFields
              reasons={reasons}
              today={today}
              say={say}
              isTried={isTried}
              fault={said('basis')}
              onChange={setReasons}
            />
            <Refused error={error} fields={['basis']} />
            <Group gap="xs" mt="sm">
              <Button
                type="submit"
                loading={adopt.isPending}
                disabled={!isChanged || isOvertaken || here !== undefined}
              >
                {say('adopt')}
              </Button>
              {isChanged && (
                <Button variant="default" onClick={() => begin(lexicon.words)}>
                  {say('drop')}
                </Button>
              )}
              <Text size="sm" role="status">
                {done}
              </Text>
            </Group>
          </Fieldset>
        </form>
      ) : (
        <Denied needs={['rules-adopt']} />
      )}
      <LexiconHistory versions={versions} onBegin={(from) => begin(from.words)} />
    </Stack>
  );

  /** The id of the word that a fault is in, as the beginning of a sentence. */
  function nameAt(member: string): string {
    const [, place] = /^words\[(\d+)\]/.exec(member) ?? [];
    const word = words[Number(place)]?.word;
    return word ? `${word}: ` : '';
  }
}
