/** Everything that a person may be allowed to do; a route, a line of an import and a stream each need one of these. */
export const permissions = [
  /** Read projects, their journals and figures, totals and alerts, as they are known now. */
  'project-read',
  /** Read what was known at an earlier moment, and what changed on that clock. */
  'replay',
  /** Read the log of all projects with notes and authors. */
  'log-read',
  /** Log facts, and withdraw entries of one's own. */
  'entry-log',
  /** Withdraw entries of others. */
  'entry-withdraw-others',
  /** Register and describe projects, and adopt plans. */
  'project-set-up',
  /** Acknowledge alerts. */
  'alerts-answer',
  /** Silence alerts. */
  'alerts-silence',
  /** Keep subscriptions of one's own. */
  'subscriptions-own',
  /** See, pause and end the subscriptions of everybody. */
  'subscriptions-all',
  /** Adopt rules, lexicons and calendars. */
  'rules-adopt',
  /** Test rules and lexicons on all history. */
  'rules-test',
  /** Read who may do what, now and at any earlier moment. */
  'access-read',
  /** Add people, grant roles, and issue and revoke keys. */
  'people-manage',
  /** Read the metrics and the full state of the service. */
  'operate',
] as const;

export type Permission = (typeof permissions)[number];

/** The permissions whose use becomes evidence about a project. */
const evidence: readonly Permission[] = ['entry-log', 'entry-withdraw-others'];
/** The permissions whose use changes what others read. */
const writing: readonly Permission[] = [
  ...evidence,
  'project-set-up',
  'alerts-answer',
  'alerts-silence',
  'subscriptions-all',
  'rules-adopt',
  'people-manage',
];

/** Duties that one person must not hold together, each with why. */
export const separateDuties: readonly { these: readonly Permission[]; those: readonly Permission[] }[] = [
  // Who decides on the rights of others does not record facts.
  { these: ['people-manage'], those: evidence },
  // Who reads the whole log as an auditor writes nothing.
  { these: ['log-read'], those: writing },
];
