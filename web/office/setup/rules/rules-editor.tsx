import { Alert, Button, Fieldset, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { RuleSet } from '../../../../domain/governance/rules.js';
import { isSame } from '../../../../domain/values/equal.js';
import type { RulesVersion } from '../../../../src/app/governance/governance.js';
import { tell } from '../../../shared/ask.js';
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
import { BackTestView } from './back-test-view.js';
import { ChangeLines } from './change-lines.js';
import { History } from './history.js';
import { OtherRules } from './other-rules.js';
import { RuleCards } from './rule-cards.js';
import { faultyMember, setOf } from './rule-draft.js';
import styles from './rules.module.css';
import { useRulesTexts } from './texts.js';

interface Kept {
  /** The version from which the draft started. */
  version: number;
  draft: RuleSet;
}

const fields = ['rules', 'ladder', 'reopenWithinDays', 'calendar', 'exemptions', 'basis'];

/** Edits the figures of the rules, back-tests them, and adopts them. */
export function RulesEditor({
  inForce,
  versions,
  calendars,
  today,
  onStale,
}: {
  inForce: RulesVersion;
  versions: readonly RulesVersion[];
  calendars: readonly string[];
  today: string;
  onStale: () => Promise<unknown>;
}) {
  const say = useRulesTexts();
  const author = useAuthor();
  // Rules hold in the whole installation.
  const mayAdopt = useMay()('rules-adopt', {});
  const { rules } = inForce;
  const [{ draft, version }, setKept, forget] = useKept<Kept>('rules', {
    version: rules.version,
    draft: setOf(rules),
  });
  const [reasons, setReasons] = useState({ who: '', decidedOn: today, why: '' });
  const [isTried, setTried] = useState(false);
  const [done, setDone] = useState<string>();
  const adopt = useMutation({
    mutationFn: async () => {
      const body = { ...draft, basis: basisOf(reasons) };
      return (
        await tell<RulesVersion & { outcome: string }>('PUT', '/rules', body, { revision: `"${version}"` })
      ).answer;
    },
    onSuccess: async (answer) => {
      setKept({ version: answer.rules.version, draft: setOf(answer.rules) });
      forget();
      setReasons({ who: '', decidedOn: today, why: '' });
      setTried(false);
      await onStale();
      setDone(
        answer.outcome === 'already-said'
          ? say('alreadySaid')
          : say('done', { version: answer.rules.version }),
      );
    },
    onError: (problem) => {
      if (problem instanceof Problem && problem.kind === 'revision-stale') void onStale();
    },
  });
  const change = (part: Partial<RuleSet>) => {
    setDone(undefined);
    adopt.reset();
    setKept({ version, draft: { ...draft, ...part } });
  };
  const isStale = adopt.error instanceof Problem && adopt.error.kind === 'revision-stale';
  const error = isStale ? undefined : adopt.error;
  const said = useFaultAt(error);
  const here = useMemo(() => faultyMember(draft, calendars), [draft, calendars]);
  const faultAt = (member: string) => {
    const isHere = here !== undefined && (isRule(member) ? here === member : liesIn(here, [member]));
    return said(member) ?? (isHere ? say('mistake') : undefined);
  };
  const isChanged = !isSame({ ...draft, basis: '' }, { ...setOf(rules), basis: '' });
  const isOvertaken = rules.version > version && isChanged;
  const begin = (set: RuleSet) => {
    setDone(undefined);
    adopt.reset();
    setKept({ version: rules.version, draft: setOf(set) });
  };
  return (
    <Stack gap="lg">
      {isOvertaken && (
        <Alert color="var(--waits)" variant="outline" role="alert">
          <Text size="sm">
            {say('overtaken', {
              version: rules.version,
              by: inForce.by === null ? '–' : author({ by: inForce.by }),
              basis: rules.basis,
            })}
          </Text>
          <Group gap="xs" mt="xs">
            <Button size="xs" onClick={() => begin(rules)}>
              {say('takeTheirs', { version: rules.version })}
            </Button>
            <Button size="xs" variant="default" onClick={() => begin(draft)}>
              {say('keepMine', { version: rules.version })}
            </Button>
          </Group>
        </Alert>
      )}
      <div className={styles.beside}>
        <Stack gap="sm">
          <RuleCards rules={draft.rules} faultAt={faultAt} onChange={(next) => change({ rules: next })} />
          <OtherRules draft={draft} change={change} faultAt={faultAt} calendars={calendars} />
        </Stack>
        <div className={styles.test}>
          <Section title={say('backTest')}>
            <BackTestView draft={draft} today={today} />
          </Section>
        </div>
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
            <ChangeLines before={rules} after={draft} />
            <BasisFields
              reasons={reasons}
              today={today}
              say={say}
              isTried={isTried}
              fault={said('basis')}
              onChange={setReasons}
            />
            <Refused error={error} fields={fields} />
            <Group gap="xs" mt="sm">
              <Button
                type="submit"
                loading={adopt.isPending}
                disabled={!isChanged || isOvertaken || here !== undefined}
              >
                {say('adopt')}
              </Button>
              {isChanged && (
                <Button variant="default" onClick={() => begin(rules)}>
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
      <History versions={versions} onBegin={begin} />
    </Stack>
  );
}

/** The path of a whole rule, for faults of the rule as a whole. */
function isRule(member: string): boolean {
  return /^rules\[\d+\]$/.test(member);
}
