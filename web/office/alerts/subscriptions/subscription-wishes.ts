import type { RuleKind, Severity } from '../../../../domain/governance/rules.js';
import type { Language } from '../../../shared/language.js';
import type { SubscriptionShown } from '../alert-answers.js';

type Channel = SubscriptionShown['channel'];
type Timing = SubscriptionShown['timing'];

/** A subscription as form fields. */
export interface SubscriptionWishes {
  name: string;
  kind: Channel['kind'];
  /** The address of the webhook or the e-mail. */
  where: string;
  secret: string;
  projects: string[];
  districts: string[];
  sectors: string[];
  rules: RuleKind[];
  roles: string[];
  atLeast: Severity | '';
  timing: Timing['kind'];
  /** 0 is Sunday. */
  weekday: string;
  at: string;
  isInHours: boolean;
  from: string;
  to: string;
  calendar: string;
  language: Language;
  timeZone: string;
}

/** Defaults: all alerts, immediately, at any hour. */
export function blankWishes(language: Language, timeZone: string): SubscriptionWishes {
  return {
    ...{ name: '', kind: 'email', where: '', secret: '' },
    ...{ projects: [], districts: [], sectors: [], rules: [], roles: [], atLeast: '' },
    ...{ timing: 'at-once', weekday: '1', at: '08:00' },
    ...{ isInHours: false, from: '08:00', to: '18:00', calendar: 'china' },
    ...{ language, timeZone },
  };
}

/** The terms of a subscription; the address is sealed and so absent. */
export function wishesOf(subscription: SubscriptionShown): SubscriptionWishes {
  const { name, channel, choice, timing, hours, language, timeZone } = subscription;
  const { atLeast = '', ...values } = choice;
  return {
    ...blankWishes(language, timeZone),
    name,
    kind: channel.kind,
    where: '',
    ...values,
    atLeast,
    timing: timing.kind,
    ...('at' in timing ? { at: timing.at } : {}),
    ...('weekday' in timing ? { weekday: String(timing.weekday) } : {}),
    ...(hours ? { isInHours: true, ...hours } : {}),
  };
}

/** The alerts that are chosen. */
export function choiceOf(wishes: SubscriptionWishes): SubscriptionShown['choice'] {
  const lists = (['projects', 'districts', 'sectors', 'rules', 'roles'] as const).flatMap((list) =>
    wishes[list].length > 0 ? [[list, wishes[list]]] : [],
  );
  return { ...Object.fromEntries(lists), ...(wishes.atLeast ? { atLeast: wishes.atLeast } : {}) };
}

/** The terms beside name and channel, as a preview and every request have them. */
export function termsOf(wishes: SubscriptionWishes): object {
  const { timing, at, weekday, language, timeZone, isInHours, from, to, calendar } = wishes;
  return {
    choice: choiceOf(wishes),
    timing: {
      kind: timing,
      ...(timing === 'at-once' ? {} : { at }),
      ...(timing === 'weekly' ? { weekday: Number(weekday) } : {}),
    },
    ...(isInHours ? { hours: { from, to, calendar } } : {}),
    language,
    timeZone,
  };
}

/**
 * The request body for the terms; an omitted address stays as it is, and a change never has the secret.
 *
 * @param name what it is called if its owner gave it no name
 */
export function bodyOf(wishes: SubscriptionWishes, isChange: boolean, name = wishes.name): object {
  const { kind, where, secret } = wishes;
  return {
    name: wishes.name || name,
    channel:
      kind === 'webhook'
        ? { kind, ...(where || !isChange ? { url: where } : {}), ...(secret && !isChange ? { secret } : {}) }
        : { kind, ...(where || !isChange ? { address: where } : {}) },
    ...termsOf(wishes),
  };
}
