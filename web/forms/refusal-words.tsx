import { facts } from '../../domain/project/facts/facts.js';
import type { Shape } from '../../domain/project/facts/members.js';
import type { Core } from './said/facts.js';
import { useFormTexts } from './texts.js';

/** Why the service refuses a fact: its title, and what it saw and expected in each field, by the label of the field. */
export function RefusalWords({
  title,
  detail,
  errors,
  fact: { type },
}: {
  title: string;
  detail: string;
  errors: readonly { member: string; seen: string; expected: string }[];
  fact: Pick<Core, 'type'>;
}) {
  const { t, language } = useFormTexts();
  const shape: Shape = facts[type].shape;
  const labelOf = (member: string) =>
    shape[member.replace(/^replacement\./, '').split('.')[0] ?? '']?.label?.[language];
  return (
    <>
      <strong>{title}</strong>
      {errors.length === 0 && <p>{detail}</p>}
      {errors.map(({ member, seen, expected }) => (
        <p key={member}>
          {[labelOf(member), t('seenExpected', { seen, expected })].filter(Boolean).join(' · ')}
        </p>
      ))}
    </>
  );
}
