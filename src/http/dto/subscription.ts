import type { AlertChoice, Timing } from '../../../domain/governance/events.js';
import { type RuleKind, ruleKinds, type Severity, severities } from '../../../domain/governance/rules.js';
import { mostCharacters, mostValues } from '../../../domain/governance/subscription-fault.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import type { SubscriptionAsked, SubscriptionMoved } from '../../app/governance/governance.js';
import type { Language } from '../answers/language.js';
import { type Kinds, kinds, Member, Optional, shape } from '../validation/member.js';
import { listOf, oneOf, pattern, type Rule, slug, text, timeZone, wholeNumber } from '../validation/rules.js';

const clockTime = pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day as HH:MM, from 00:00 to 23:59');
const address = pattern(/^[^\s@]{1,64}@[^\s@]{1,253}$/, 'an e-mail address such as name@example.org');
const url = text(2_000);
const secret = text(200);
const choices = (rule: Rule) => listOf(rule, 1, mostValues);

export class WebhookSaid {
  @Member(oneOf(['webhook']), 'Notices are posted.')
  kind!: 'webhook';

  @Member(url, 'A public https address; its owner has to answer a challenge.')
  url!: string;

  @Optional(secret, 'whsec_ and the base64 of 24 to 64 random bytes; made and answered once when absent.')
  secret?: string;
}

export class WebhookMoved {
  @Member(oneOf(['webhook']), 'Notices are posted.')
  kind!: 'webhook';

  @Optional(url, 'Another public https address, which has to answer a challenge; the one it has when absent.')
  url?: string;
}

export class EmailSaid {
  @Member(oneOf(['email']), 'Notices are sent as mail.')
  kind!: 'email';

  @Member(address, 'The address; it is sealed before it is stored.')
  address!: string;
}

export class EmailMoved {
  @Member(oneOf(['email']), 'Notices are sent as mail.')
  kind!: 'email';

  @Optional(address, 'Another address; the one it has when absent.')
  address?: string;
}

export class AtOnce {
  @Member(oneOf(['at-once']), 'Notified immediately.')
  kind!: 'at-once';
}

export class Daily {
  @Member(oneOf(['daily']), 'Notified once a day.')
  kind!: 'daily';

  @Member(clockTime, 'When, by the clock of the time zone.')
  at!: string;
}

export class Weekly {
  @Member(oneOf(['weekly']), 'Notified once a week.')
  kind!: 'weekly';

  @Member(wholeNumber(0, 6), '0 is Sunday, 6 Saturday.')
  weekday!: number;

  @Member(clockTime, 'When, by the clock of the time zone.')
  at!: string;
}

class ChoiceSaid implements AlertChoice {
  @Optional(choices(slug(3)), 'Of these projects.')
  projects?: string[];

  @Optional(choices(text(mostCharacters)), 'Of these districts.')
  districts?: string[];

  @Optional(choices(text(mostCharacters)), 'Of these sectors.')
  sectors?: string[];

  @Optional(choices(oneOf(ruleKinds)), 'Of these rules.')
  rules?: RuleKind[];

  @Optional(oneOf(severities), 'This severe or more.')
  atLeast?: Severity;

  @Optional(choices(slug()), 'Under the duty of these roles.')
  roles?: string[];
}

class HoursSaid {
  @Member(clockTime, 'From this time on.')
  from!: string;

  @Member(clockTime, 'Up to this time.')
  to!: string;

  @Member(slug(), 'The working calendar: china, every-day, or an adopted one.')
  calendar!: string;
}

export const channels: Kinds<WebhookSaid | EmailSaid> = {
  member: 'kind',
  shapes: { webhook: WebhookSaid, email: EmailSaid },
};
export const movedChannels: Kinds<WebhookMoved | EmailMoved> = {
  member: 'kind',
  shapes: { webhook: WebhookMoved, email: EmailMoved },
};
export const timings: Kinds<AtOnce | Daily | Weekly> = {
  member: 'kind',
  shapes: { 'at-once': AtOnce, daily: Daily, weekly: Weekly },
};

/** What decides which alerts are notified, when and how. */
abstract class Terms {
  @Optional(shape(ChoiceSaid), 'Which alerts are notified; every present member must match. All when absent.')
  choice?: ChoiceSaid;

  @Optional(kinds(timings), 'When; immediately when absent.')
  timing?: Timing;

  @Optional(shape(HoursSaid), 'Outside these hours of working days, what is not red waits.')
  hours?: HoursSaid;

  @Optional(oneOf(['en', 'zh']), 'The language of the notices; by Accept-Language when absent.')
  language?: Language;

  @Optional(timeZone, 'The time zone of its times; Asia/Shanghai when absent.')
  timeZone?: string;
}

abstract class Wishes extends Terms {
  @Member(text(mostCharacters), 'What its owner calls it.')
  name!: string;
}

/** A subscription that nobody has added yet; all alerts, immediately, when nothing is given. */
export class PreviewSaid extends Terms {}

/** A new subscription. */
export class SubscriptionSaid extends Wishes {
  @Member(kinds(channels), 'Where notices are sent.')
  channel!: WebhookSaid | EmailSaid;
}

/** A subscription changed as a whole, but for its secret. */
export class SubscriptionChanged extends Wishes {
  @Member(kinds(movedChannels), 'Where notices are sent; a secret has its own route.')
  channel!: WebhookMoved | EmailMoved;
}

/** A new secret. */
export class SecretSaid {
  @Optional(secret, 'whsec_ and the base64 of 24 to 64 random bytes; made when absent.')
  secret?: string;
}

export class UnsubscribeQuery {
  @Member(text(200), 'The token of the link.')
  token!: string;
}

/** The subscription in a request. */
export function subscriptionOf(said: SubscriptionSaid, spoken: Language): SubscriptionAsked {
  return { ...wishesOf(said, spoken), channel: omitUndefined({ ...said.channel }) };
}

/** The new terms of a subscription. */
export function movedOf(said: SubscriptionChanged, spoken: Language): SubscriptionMoved {
  return { ...wishesOf(said, spoken), channel: omitUndefined({ ...said.channel }) };
}

function wishesOf(said: Wishes, spoken: Language): Omit<SubscriptionAsked, 'channel'> {
  return { name: said.name, ...termsOf(said, spoken) };
}

/** The terms of a subscription without its name and channel. */
export function termsOf(said: Terms, spoken: Language): Omit<SubscriptionAsked, 'name' | 'channel'> {
  const { choice, timing, hours, language = spoken, timeZone = 'Asia/Shanghai' } = said;
  return omitUndefined({
    choice: omitUndefined({ ...choice }),
    timing: timing ? { ...timing } : { kind: 'at-once' as const },
    hours: hours && { ...hours },
    language,
    timeZone,
  });
}
