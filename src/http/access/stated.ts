import type { Permission } from '../../../domain/access/permissions.js';

/** Where a permission of a route is needed. */
type At =
  /** In the whole installation. */
  | 'everywhere'
  /** Somewhere: the route answers only what is within reach. */
  | 'somewhere'
  /** At the project, the alert or the subscription that the address names; another one is answered as if it were absent. */
  | 'project'
  | 'alert'
  | 'subscription';

/**
 * Who may use a route: everybody, everybody over a connection that nobody else reads, everybody who signed in, or
 * people with one of some permissions at a place.
 */
export type Stated = 'public' | 'sign-in' | 'signed-in' | { any: readonly Permission[]; at: At };

const at =
  (place: At) =>
  (...any: Permission[]): Stated => ({ any, at: place });
const everywhere = at('everywhere');
const somewhere = at('somewhere');
const project = at('project');
const alert = at('alert');
const subscription = at('subscription');

/**
 * The stated permission of every route, by method and address as fastify writes it; HEAD is stated with its GET.
 *
 * A route that is missing here does not start. With `somewhere` and `signed-in` the route itself narrows its
 * answer to what is within reach.
 */
export const statedRoutes: Readonly<Record<string, Stated>> = {
  // The page is a program without data; what it asks for is stated below.
  'GET /': 'public',
  'GET /assets/*': 'public',
  'GET /log': 'public',
  'GET /log/': 'public',
  'GET /log/index.html': 'public',
  'GET /log/*': 'public',
  'GET /verify.html': 'public',
  'GET /docs': 'signed-in',
  'GET /docs/:route': 'signed-in',
  'GET /openapi.json': 'signed-in',
  'GET /problems': 'public',
  'GET /problems/:name': 'public',

  'GET /health/live': 'public',
  'GET /health/readable': 'public',
  // Strangers learn only whether it is ready.
  'GET /health/ready': 'public',
  'GET /metrics': everywhere('operate'),
  'POST /views/retry': everywhere('operate'),

  'GET /projects': somewhere('project-read'),
  'GET /portfolio': somewhere('project-read'),
  'GET /portfolio/changes': somewhere('project-read'),
  'GET /portfolio/explanation': somewhere('project-read'),
  'GET /portfolio/lights': somewhere('project-read'),
  'GET /projects/:project': project('project-read'),
  'GET /projects/:project/journal': project('project-read'),
  'GET /projects/:project/series': project('project-read'),
  'GET /projects/:project/changes': project('project-read'),
  'GET /projects/:project/explanation': project('project-read'),
  'GET /projects/:project/contradictions': project('project-read'),
  'POST /projects/:project/contradictions/explanations': project(
    'entry-log',
    'entry-withdraw-others',
    'project-set-up',
  ),
  'POST /projects': somewhere('project-set-up'),
  'PATCH /projects/:project': project('project-set-up'),
  'PUT /projects/:project/plan': project('project-set-up'),

  'POST /projects/:project/entries': project('entry-log'),
  'POST /projects/:project/entries/:entry/withdrawal': project('entry-log', 'entry-withdraw-others'),
  'POST /entries': somewhere('entry-log', 'entry-withdraw-others', 'project-set-up'),
  'POST /tables/reading': somewhere('entry-log', 'project-set-up'),
  'GET /entries': somewhere('log-read'),

  // Hashes and signatures, of the whole log: they say nothing of what an entry says.
  'GET /ledger/checkpoint': somewhere('log-read'),
  'GET /ledger/keys': somewhere('log-read'),
  'GET /ledger/proof/:entry': somewhere('log-read'),
  'GET /ledger/consistency': somewhere('log-read'),
  'GET /ledger/tile/*': somewhere('log-read'),
  // What counts is the signature of the witness.
  'POST /ledger/cosignatures': somewhere('log-read'),
  'GET /projects/:project/bundle': project('log-read'),

  'GET /alerts': somewhere('project-read'),
  'GET /alerts/count': somewhere('project-read'),
  'GET /alerts/needs': somewhere('project-read'),
  'GET /alerts/by-project': somewhere('project-read'),
  'GET /alerts/stream': somewhere('project-read'),
  'GET /alerts/key': 'public',
  'GET /alerts/:alert': alert('project-read'),
  'GET /alerts/:alert/notices': alert('project-read'),
  'POST /alerts/:alert/acknowledgement': alert('alerts-answer'),
  'POST /alerts/:alert/silence': alert('alerts-silence'),

  'GET /rules': 'signed-in',
  'GET /rules/versions': 'signed-in',
  'PUT /rules': everywhere('rules-adopt'),
  'POST /rules/test': somewhere('rules-test'),
  'GET /lexicon': 'signed-in',
  'GET /lexicon/versions': 'signed-in',
  'PUT /lexicon': everywhere('rules-adopt'),
  'POST /lexicon/test': somewhere('rules-test'),
  'GET /calendars': 'signed-in',
  'PUT /calendars/:name': everywhere('rules-adopt'),

  'GET /subscriptions': somewhere('subscriptions-own', 'subscriptions-all'),
  'POST /subscriptions': somewhere('subscriptions-own'),
  'POST /subscriptions/preview': somewhere('subscriptions-own'),
  'GET /subscriptions/:subscription': subscription('subscriptions-own', 'subscriptions-all'),
  'PUT /subscriptions/:subscription': subscription('subscriptions-own'),
  'DELETE /subscriptions/:subscription': subscription('subscriptions-own', 'subscriptions-all'),
  'POST /subscriptions/:subscription/secret': subscription('subscriptions-own'),
  'GET /subscriptions/:subscription/notices': subscription('subscriptions-own', 'subscriptions-all'),
  'POST /subscriptions/:subscription/pause': subscription('subscriptions-own', 'subscriptions-all'),
  'POST /subscriptions/:subscription/resume': subscription('subscriptions-own', 'subscriptions-all'),
  'POST /subscriptions/:subscription/test': subscription('subscriptions-own'),
  'POST /subscriptions/:subscription/confirmation': subscription('subscriptions-own'),
  // The token in the address of a mail is the permission.
  'GET /subscriptions/:subscription/confirm': 'public',
  'POST /subscriptions/:subscription/confirm': 'public',
  'GET /subscriptions/:subscription/unsubscribe': 'public',
  'POST /subscriptions/:subscription/unsubscribe': 'public',

  'GET /people': somewhere('people-manage', 'access-read'),
  // Everybody learns whether they have to sign in.
  'GET /people/self': 'public',
  'GET /people/names': 'signed-in',
  'GET /people/:person': somewhere('people-manage', 'access-read'),
  'POST /people': somewhere('people-manage'),
  'DELETE /people/:person': somewhere('people-manage'),
  'POST /people/:person/erasure': somewhere('people-manage'),
  'DELETE /people/:person/erasure': somewhere('people-manage'),
  'POST /people/:person/grants': somewhere('people-manage'),
  'DELETE /people/:person/grants/:grant': somewhere('people-manage'),
  // Everybody renews and ends keys of their own.
  'POST /people/:person/keys': 'signed-in',
  'DELETE /people/:person/keys/:credential': 'signed-in',
  'POST /people/:person/identities': somewhere('people-manage'),
  'POST /people/:person/links': somewhere('people-manage'),
  // Everybody enrols phones of their own.
  'POST /people/:person/enrolments': 'signed-in',
  // The code is the permission.
  'POST /devices': 'sign-in',
  'POST /devices/renewal': 'signed-in',
  'POST /people/:person/sign-out': 'signed-in',
  'POST /session': 'sign-in',
  'DELETE /session': 'signed-in',
  'PUT /session/password': 'signed-in',
  'GET /session/provider': 'sign-in',
  'GET /session/provider/return': 'sign-in',
  'GET /access': somewhere('access-read'),
  'GET /access/reads': everywhere('access-read'),
  // The token in a file of the data folder is the permission.
  'POST /access/first-administrator': 'sign-in',
};
