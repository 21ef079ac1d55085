import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useLanguage } from '../../../shared/language.js';
import { projectsQuery, typedValuesOf } from '../../use/projects-query.js';
import styles from '../setup.module.css';
import type { Registration } from './registration.js';
import { useRegisterTexts } from './texts.js';

/** Members whose faults these fields show. */
export const detailsMembers = [
  'aliases',
  'owner',
  'district',
  'sector',
  'phase',
  'capacity',
  'codes',
  'timeZone',
];

/** District, owner and other names and codes of a project. */
export function DetailsFields({
  form,
  change,
  faultAt,
}: {
  form: Registration;
  change: (part: Partial<Registration>) => void;
  faultAt: (...members: string[]) => string | undefined;
}) {
  const say = useRegisterTexts();
  const language = useLanguage();
  const list = useId();
  const { data: rows = [] } = useQuery(projectsQuery(language));
  type Text = Exclude<keyof Registration, 'investment' | 'saying' | 'capacityPer' | 'stage'>;
  const field = (name: Text, ...members: string[]) => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
    error: faultAt(...(members.length > 0 ? members : [name])),
  });
  const known = ['district', 'sector', 'owner', 'phase'] as const;
  return (
    <div className={styles.fields}>
      {known.map((name) => (
        <div key={name}>
          <TextInput
            label={say(name)}
            description={say(name === 'phase' ? 'phaseHint' : 'languagesHint')}
            list={`${list}-${name}`}
            autoComplete="off"
            {...field(name)}
          />
          <datalist id={`${list}-${name}`}>
            {typedValuesOf(rows, name).map((value) => (
              <option key={value} value={value} />
            ))}
          </datalist>
        </div>
      ))}
      <TextInput
        label={say('capacity')}
        inputMode="decimal"
        {...field('capacityAmount', 'capacity.amount')}
      />
      <TextInput label={say('capacityUnit')} placeholder="m³" {...field('capacityUnit', 'capacity.unit')} />
      <NativeSelect
        label={say('per')}
        value={form.capacityPer}
        onChange={(event) =>
          change({ capacityPer: event.currentTarget.value as Registration['capacityPer'] })
        }
        data={(['year', 'month', 'day'] as const).map((value) => ({ value, label: say(`per.${value}`) }))}
      />
      <TextInput
        label={say('timeZone')}
        placeholder={say('timeZoneHint')}
        autoComplete="off"
        {...field('timeZone')}
      />
      <Textarea label={say('aliases')} description={say('aliasesHint')} autosize {...field('aliases')} />
      <Textarea label={say('codes')} description={say('codesHint')} autosize {...field('codes')} />
    </div>
  );
}
