import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, getSchemaPath, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Topout } from '../../app/topout.js';
import { answerSchemas, ref } from '../answers/schema.js';
import { scopes } from '../dto/access.js';
import { type EntryShapes, entryShapes } from '../dto/entry-shapes.js';
import { sources } from '../dto/facts/entry.js';
import { measures } from '../dto/facts/measure.js';
import { MoneySaid } from '../dto/facts/money.js';
import { Period } from '../dto/facts/period.js';
import { TextByLanguageSaid } from '../dto/facts/text-by-language.js';
import { channels, movedChannels, timings } from '../dto/subscription.js';
import { meanings } from '../dto/table.js';
import { topoutToken } from '../routes/token.js';
import type { Kinds } from '../validation/member.js';

const about = [
  'Topout tracks construction and industrial projects by the facts that are said about them. Facts are appended and never changed;',
  'completion, investment and stalls are worked out from them, for any day (asOf) and as known at any moment (knownAt).',
  '',
  'Every answer but the NDJSON of POST /entries is JSON. Errors are problem details (RFC 9457) of a closed list of types, see /problems.',
  'Accept-Language zh or en chooses the language of names and words.',
].join('\n');

/** The description of each route, by the name of its method; a route without one is not served. */
const summaries: Readonly<Record<string, string>> = {
  register: 'Register a project',
  describe: 'Change details of a project',
  adopt: 'Adopt a plan: work items, weights, what comes after what',
  list: 'List projects, a line each',
  show: 'Show a project with every figure and its entries',
  contradictions: 'List entries of a project that cannot all be true',
  explainContradiction: 'Say why a contradiction stays',
  journal: 'Show every entry of a project in plain words',
  series: 'Show the figures of a project day by day',
  totalChanges: 'Compare the projects at two moments of both clocks, and split the difference',
  totalExplanation: 'Explain one total by the figures of the projects',
  explanation: 'Explain one figure: every number down to the entries',
  changes: 'Compare two days, or what was known at two moments',
  log: 'Log one fact about a project',
  entries: 'List the entries of all projects in the order of recording, to fold or follow them',
  withdraw: 'Take an entry back, and say another fact in its place',
  import: 'Log many facts, one JSON object a line',
  readTable: 'Read a table of reports into entries, and list what was not understood; nothing is recorded',
  checkpoint: 'Answer the latest signed checkpoint of the ledger',
  ledgerKeys: 'List the keys that sign the ledger, from the first on',
  entryProof: 'Prove that an entry is in the ledger',
  growthProof: 'Prove that the ledger only grew between two sizes',
  tile: 'Answer a tile of the ledger',
  cosign: 'Hand in the cosignature of a witness on a checkpoint',
  bundle: 'Answer all entries of a project with their proofs, as a file that is checked offline',
  alerts: 'List alerts, with what each rests on and what would clear it',
  alertCount: 'Count alerts, and those of each severity',
  alertNeeds: 'List the projects that need action, the most urgent first',
  alertsByProject: 'List open alerts by project and deadline, with the number of every choice',
  stream: 'Follow alerts as server-sent events, resumable by Last-Event-ID',
  verifyingKey: 'Answer the public key of v1a signatures',
  alert: 'Show an alert with its life so far',
  notices: 'List the notices of an alert',
  acknowledge: 'Take an alert on, by a day',
  silence: 'Silence an alert until a day',
  rules: 'Show the rules in force, or an earlier version',
  rulesVersions: 'List all versions of the rules',
  adoptRules: 'Adopt a whole set of rules',
  testRules: 'Back-test a set of rules on all history; nothing is recorded or sent',
  lexicon: 'Show the lexicon in force, or an earlier version',
  lexiconVersions: 'List all versions of the lexicon',
  adoptLexicon: 'Adopt a whole lexicon',
  testLexicon: 'Show which figures a lexicon would move; nothing is recorded',
  calendars: 'List working calendars',
  adoptCalendar: 'Adopt a working calendar',
  subscriptions: 'List subscriptions, with what waits for them',
  subscribe: 'Subscribe to alerts by webhook or e-mail',
  previewSubscription: 'Show what a subscription would have sent in the last 30 days',
  subscription: 'Show a subscription',
  changeSubscription: 'Change a subscription, but for its secret',
  endSubscription: 'End a subscription',
  rotateSecret: 'Take a new secret of a webhook into use',
  noticesOfSubscription: 'List the notices of a subscription',
  pauseSubscription: 'Pause a subscription; what happens meanwhile waits',
  resumeSubscription: 'Take a paused subscription up again',
  testSubscription: 'Send a test notice now',
  askToConfirm: 'Send another link to a mail address that is not confirmed',
  showConfirmation: 'Show the page that confirms a mail address',
  confirmAddress: 'Confirm a mail address by the link of a mail',
  askToUnsubscribe: 'Show the page that ends a subscription',
  unsubscribe: 'End a subscription by the link of a mail',
  index: 'Name the business day and where to go on',
  portfolio: 'Show totals over projects, with their coverage',
  weeklyLights: 'Show the light of every project, week by week',
  live: 'Say that the process runs',
  ready: 'Say whether the service can do its work',
  readable: 'Say whether reads are answered',
  retryParked: 'Try the projects again that a view has parked',
  metrics: 'Show the metrics of the service, in the text format of Prometheus',
  people: 'List the people within reach, with their roles and keys',
  self: 'Show who the caller is, and what they may do; also where nobody signed in',
  names: 'List the names of the people who record where the caller may read',
  person: 'Show a person',
  addPerson: 'Add a person',
  removePerson: 'Remove a person',
  erasePerson: 'Ask to erase a person, and what they wrote in entries, for good; or confirm it',
  cancelErasure: 'Cancel a request to erase a person',
  grantRole: 'Grant a role',
  revokeRole: 'Revoke a role',
  issueKey: 'Issue a key, which is answered once',
  tieIdentity: 'Tie a person to an identity at the provider',
  issueLink: 'Make a one-time link by which a person sets a password',
  signIn: 'Sign in on the page: by password, by a key or by a one-time link',
  endSession: 'Sign out here',
  changePassword: 'Change the own password, by the one before it',
  begin: 'Begin the sign-in at the provider of identities',
  complete: 'Complete the sign-in at the provider of identities',
  offerCode: 'Make a code that enrols a phone of a person; the one before ends',
  enrol: 'Enrol a phone by a code; its browser gets a cookie',
  renew: 'Renew the phone that asks',
  revokeKey: 'Revoke a key, a device or a session',
  signOut: 'End all sessions and devices of a person',
  rights: 'List who could do what on a day, as known at a moment',
  reads: 'List who read the log, earlier knowledge of many projects, or the names of people',
  foundInstallation: 'Make the first administrator, by the token of the data folder',
  problems: 'List every problem that an answer may name',
  problem: 'Say what a problem means',
};

/** Shapes in the document that no route references by class. */
function extraModels({
  facts,
  administration,
  Withdrawal,
  LineHead,
  LineOfEntries,
}: EntryShapes): (new () => object)[] {
  const kinds: Kinds[] = [
    facts,
    measures,
    sources,
    administration,
    channels,
    movedChannels,
    timings,
    meanings,
    scopes,
  ];
  return [
    ...kinds.flatMap(({ shapes }) => Object.values(shapes)),
    MoneySaid,
    TextByLanguageSaid,
    Period,
    Withdrawal,
    LineHead,
    LineOfEntries,
  ];
}

/** The API document: OpenAPI 3.1, built from the routes and the shapes of their bodies. */
export function openApiOf(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Topout')
    .setDescription(about)
    .setVersion('1')
    .build();
  const shapes = entryShapes(app.get<Topout>(topoutToken).facts);
  const document = SwaggerModule.createDocument(
    app,
    {
      ...config,
      components: {
        schemas: answerSchemas() as NonNullable<OpenAPIObject['components']>['schemas'],
      },
    },
    { extraModels: extraModels(shapes), operationIdFactory: (_, method) => method },
  );
  const problem = {
    description: 'A problem.',
    content: { 'application/problem+json': { schema: ref('Problem') } },
  };
  for (const [address, path] of Object.entries(document.paths)) {
    for (const operation of [path.get, path.post, path.put, path.patch, path.delete]) {
      if (!operation) continue;
      const summary = summaries[operation.operationId ?? ''];
      if (!summary) throw new Error(`The route ${operation.operationId} has no summary.`);
      operation.summary = summary;
      // Nest names the rest of a path "*", which is described as "path".
      operation.parameters = operation.parameters?.filter((one) => !('name' in one && one.name === '*'));
      operation.parameters?.sort((one, other) => placeOf(one, address) - placeOf(other, address));
      operation.responses = { ...operation.responses, default: problem };
    }
  }
  describeEntries(document, shapes);
  return document;
}

/** Describes the bodies of entries by the application's facts. */
function describeEntries(
  { paths }: OpenAPIObject,
  { facts, administration, LineHead, LineOfEntries }: EntryShapes,
): void {
  const refs = ({ shapes }: Kinds) => Object.values(shapes).map((type) => ({ $ref: getSchemaPath(type) }));
  const fact = paths['/projects/{project}/entries']?.post?.requestBody;
  const lines = paths['/entries']?.post?.requestBody;
  if (!fact || !lines || !('content' in fact && 'content' in lines))
    throw new Error('The routes of entries have no body.');
  fact.content = {
    'application/json': { schema: { oneOf: refs(facts), discriminator: { propertyName: 'type' } } },
  };
  const oneOf = [...refs(facts), ...refs(administration)];
  const one = { allOf: [{ $ref: getSchemaPath(LineHead) }, { oneOf }] };
  lines.content = {
    'application/x-ndjson': { schema: { oneOf: [one, { $ref: getSchemaPath(LineOfEntries) }] } },
  };
}

/** Parameters of the path come first, in its order, then those of the query and headers in the order of their declaration. */
function placeOf(parameter: object, address: string): number {
  const { name, in: place } = parameter as { name: string; in: string };
  if (place === 'path') return address.indexOf(`{${name}}`);
  return place === 'query' ? address.length : address.length + 1;
}
