import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { blank } from './blank.js';
import type { SayingForm } from './saying.js';
import styles from './setup.module.css';
import { useSetupTexts } from './texts.js';

/** Members whose faults these fields show. */
export const sayingMembers = ['asOf', 'source', 'note'];

/** The day from which an entry counts, and its source. */
export function SayingFields({
  saying,
  today,
  onChange,
  faultAt,
}: {
  saying: SayingForm;
  today: string | undefined;
  onChange: (saying: SayingForm) => void;
  faultAt: (...members: string[]) => string | undefined;
}) {
  const say = useSetupTexts();
  const field = (name: 'asOf' | 'document' | 'paragraph' | 'quote' | 'note') => ({
    value: saying[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ ...saying, [name]: event.currentTarget.value }),
  });
  const { kind } = saying;
  return (
    <div className={styles.fields}>
      <TextInput
        type="date"
        label={say('day')}
        description={say('dayHint')}
        max={today}
        error={faultAt('asOf')}
        {...field('asOf')}
        value={saying.asOf || (today ?? '')}
      />
      <NativeSelect
        label={say('source')}
        description={blank}
        value={kind}
        onChange={(event) => onChange({ ...saying, kind: event.currentTarget.value as SayingForm['kind'] })}
        data={(['unstated', 'report', 'import'] as const).map((value) => ({
          value,
          label: say(`source.${value}`),
        }))}
      />
      {kind !== 'unstated' && (
        <TextInput
          label={say('document')}
          description={blank}
          required={kind === 'report'}
          error={faultAt('source.document')}
          {...field('document')}
        />
      )}
      {kind === 'report' && (
        <>
          <TextInput label={say('paragraph')} error={faultAt('source.paragraph')} {...field('paragraph')} />
          <Textarea label={say('quote')} autosize error={faultAt('source.quote')} {...field('quote')} />
        </>
      )}
      {kind === 'unstated' && (
        <Textarea
          label={say('note')}
          description={blank}
          autosize
          error={faultAt('source.note', 'note')}
          {...field('note')}
        />
      )}
    </div>
  );
}
