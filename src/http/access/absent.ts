import { unknownAlert } from '../../../domain/alerts/answers.js';
import { found } from '../../../domain/governance/decide.js';
import { Refused } from '../../app/refusals.js';

/**
 * The answer to a request for something out of reach: that for something absent, so that nobody learns what exists.
 *
 * @throws what says that it is absent
 */
export function absent(of: 'project' | 'alert' | 'subscription', id: string): never {
  if (of === 'alert') throw unknownAlert(id);
  if (of === 'subscription') found({ subscriptions: [] }, id);
  throw new Refused('project-not-found', {
    member: 'project',
    seen: id,
    expected: { en: 'a project that your roles include', zh: '您的角色所含的项目' },
  });
}
