import type { PersonAnswer } from '../../../../src/app/access/access.js';
import { goTo } from '../../../shared/place.js';
import { Sure } from '../../parts/sure.js';
import { useChange } from '../people-queries.js';
import { useAccessTexts } from '../texts.js';

/** Removes a person for good. */
export function Removal({ person: { person }, name }: { person: PersonAnswer; name: string }) {
  const say = useAccessTexts();
  const act = useChange<undefined>(
    () => ({ method: 'DELETE', path: `/people/${person}` }),
    () => goTo('/access'),
  );
  return (
    <div>
      <Sure label={say('remove')} title={say('removeTitle', { name })} act={act}>
        {say('removeHint')}
      </Sure>
    </div>
  );
}
