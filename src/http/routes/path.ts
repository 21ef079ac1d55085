import { slug, uuid } from '../validation/rules.js';
import { PathPart } from '../validation/shape.js';

/** The id of a project in an address. */
export const ProjectId = PathPart('project', slug(3));

/** The id of an entry in an address. */
export const EntryId = PathPart('entry', uuid);

/** The id of an alert in an address. */
export const AlertId = PathPart('alert', uuid);

/** The id of a subscription in an address. */
export const SubscriptionId = PathPart('subscription', uuid);

/** The name of a calendar in an address. */
export const CalendarName = PathPart('name', slug());
