import { Button, Fieldset, NativeSelect, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { type RuleKind, type RuleSet, ruleKinds } from '../../../../domain/governance/rules.js';
import { ruleWords } from '../../../../projections/alerts/happening-words.js';
import { useLanguage } from '../../../shared/language.js';
import { projectsQuery, valuesOf } from '../../use/projects-query.js';
import { RuleCard } from './rule-card.js';
import { newRule } from './rule-draft.js';
import styles from './rules.module.css';
import { useRulesTexts } from './texts.js';

type Place = 'project' | 'district' | 'sector';

/** The list of rules, with a way to add another figure for one place. */
export function RuleCards({
  rules,
  faultAt,
  onChange,
}: {
  rules: RuleSet['rules'];
  faultAt: (member: string) => string | undefined;
  onChange: (rules: RuleSet['rules']) => void;
}) {
  return (
    <div className={styles.cards}>
      {rules.map((rule, at) => (
        <RuleCard
          key={JSON.stringify([rule.rule, rule.where])}
          rule={rule}
          faultAt={(member) => faultAt(member === '' ? `rules[${at}]` : `rules[${at}].${member}`)}
          onChange={(next) => onChange(rules.map((one, index) => (index === at ? next : one)))}
          onRemove={rule.where ? () => onChange(rules.filter((_, index) => index !== at)) : undefined}
        />
      ))}
      <NewRule rules={rules} onChange={onChange} />
    </div>
  );
}

function NewRule({
  rules,
  onChange,
}: {
  rules: RuleSet['rules'];
  onChange: (rules: RuleSet['rules']) => void;
}) {
  const say = useRulesTexts();
  const language = useLanguage();
  const list = useId();
  const { data: rows = [] } = useQuery(projectsQuery(language));
  const [kind, setKind] = useState<RuleKind>('silent-stall');
  const [place, setPlace] = useState<Place | ''>('sector');
  const [name, setName] = useState('');
  const known = place === 'project' ? rows.map(({ project }) => project) : place && valuesOf(rows, place);
  const where = place === '' ? undefined : { [place]: name.trim() };
  const isThere = rules.some(
    (rule) => rule.rule === kind && JSON.stringify(rule.where ?? {}) === JSON.stringify(where ?? {}),
  );
  return (
    <Fieldset legend={say('addRule')}>
      <div className={styles.figures}>
        <NativeSelect
          size="xs"
          label={say('ruleKind')}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as RuleKind)}
          data={ruleKinds.map((value) => ({ value, label: ruleWords[value][language] }))}
        />
        <NativeSelect
          size="xs"
          label={say('place')}
          value={place}
          onChange={(event) => setPlace(event.currentTarget.value as Place | '')}
          data={[
            ...(['sector', 'district', 'project'] as const).map((value) => ({
              value,
              label: say(`place.${value}`, { name: '' }).trim(),
            })),
            { value: '', label: say('everywhere') },
          ]}
        />
        {place !== '' && (
          <div>
            <TextInput
              size="xs"
              label={say('placeName')}
              list={list}
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <datalist id={list}>
              {[...new Set(known)].map((value) => (
                <option key={value} value={value} />
              ))}
            </datalist>
          </div>
        )}
        <Button
          size="xs"
          variant="default"
          disabled={isThere || (place !== '' && name.trim() === '')}
          onClick={() => {
            const { where: _, ...rule } = newRule(kind, where ?? {}, rules);
            onChange([...rules, where ? { ...rule, where } : rule]);
            setName('');
          }}
        >
          {say('add')}
        </Button>
      </div>
      <Text size="xs" mt="xs">
        {say('emptyHint')}
      </Text>
    </Fieldset>
  );
}
