import { Textarea, TextInput } from '@mantine/core';
import type { Reasons } from './basis.js';
import { blank } from './blank.js';
import setup from './setup.module.css';

/** Who stands for a version, when it was decided, and why. */
export function BasisFields({
  reasons,
  today,
  say,
  isTried,
  fault,
  onChange,
}: {
  reasons: Reasons;
  today: string;
  say: (name: 'who' | 'whoHint' | 'decidedOn' | 'whyAdopt' | 'whyHint' | 'whyMissing') => string;
  /** True once the form was sent. */
  isTried: boolean;
  /** The service's objection to the basis. */
  fault: string | undefined;
  onChange: (reasons: Reasons) => void;
}) {
  const missing = (text: string) => (isTried && text.trim() === '' ? say('whyMissing') : undefined);
  return (
    <div className={setup.fields}>
      <TextInput
        label={say('who')}
        description={say('whoHint')}
        required
        value={reasons.who}
        error={fault ?? missing(reasons.who)}
        onChange={(event) => onChange({ ...reasons, who: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={say('decidedOn')}
        description={blank}
        max={today}
        value={reasons.decidedOn}
        onChange={(event) => onChange({ ...reasons, decidedOn: event.currentTarget.value })}
      />
      <Textarea
        label={say('whyAdopt')}
        description={say('whyHint')}
        required
        autosize
        maxLength={150}
        className={setup.whole}
        value={reasons.why}
        error={missing(reasons.why)}
        onChange={(event) => onChange({ ...reasons, why: event.currentTarget.value.replaceAll('\n', ' ') })}
      />
    </div>
  );
}
