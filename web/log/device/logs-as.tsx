import { useKnownSelf } from '../../shared/self.js';
import { useAround } from '../around.js';
import { addressOf } from '../place.js';
import { personName } from './person-name.js';

/** Says who logs with this phone; nothing where nobody signs in. */
export function LogsAs() {
  const { t } = useAround();
  const { self } = useKnownSelf() ?? {};
  if (!self || self.mode === 'open') return null;
  const { person, name } = self;
  return (
    <a className="row" href={addressOf({ at: 'self' })}>
      {person === undefined ? t('isOut') : t('logsAs', { name: personName({ person, name }, t) })}
    </a>
  );
}
