import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type fastifyStatic from '@fastify/static';
import type { SignInPlace } from '../../access/sign-in-place.js';
import { type Language, preferredLanguage } from '../../answers/accepted-language.js';
import type { AdmittedRequest } from '../../server/fastify-types.js';
import { asksForHtml } from '../opened.js';
import { type ApiDocument, routesByGroup } from './document.js';
import { type Asked, listPage, routePage, unknownPage } from './pages.js';

/** Its style and its script are files of this service. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** What the pages are made of. */
interface DocsOptions {
  /** Makes the API document; called once, when it is first asked for. */
  documentOf: () => object;
  place: SignInPlace;
  /** The folder of the built page, with the style and the script; without it the pages have neither. */
  path: string | undefined;
}

/** Serves the API document at `/openapi.json`, and as pages at `/docs`: the list of routes, and a page for each. */
export function serveDocs(
  fastify: Parameters<typeof fastifyStatic>[0],
  { documentOf, place, path }: DocsOptions,
): void {
  let made: { document: ApiDocument; text: string } | undefined;
  const document = () => {
    made ??= described(documentOf());
    return made;
  };
  const files = filesIn(path);
  type Asking = { url: string } & AdmittedRequest & Parameters<SignInPlace['routeUrlOf']>[0];
  const askedOf = (request: Asking): Asked => {
    const { pathname, searchParams } = new URL(request.url, 'http://page');
    const chosen = languageIn(searchParams.get('lang'));
    return {
      language: chosen ?? preferredLanguage(request.headers['accept-language']),
      isChosen: chosen !== undefined,
      path: pathname,
      base: place.routeUrlOf(request, ''),
      isOpen: request.caller.kind === 'open',
      files,
    };
  };
  const headersFor = ({ language }: Asked) => ({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'content-language': language,
  });
  fastify.get('/openapi.json', (_, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(document().text),
  );
  fastify.get('/docs', (request, reply) => {
    const asked = askedOf(request as unknown as Asking);
    return reply.headers(headersFor(asked)).send(listPage(document().document, asked));
  });
  fastify.get('/docs/:route', (request, reply) => {
    const asked = askedOf(request as unknown as Asking);
    const { route: name } = request.params as { route: string };
    const routes = [...routesByGroup(document().document).values()].flat();
    const route = routes.find(({ operation }) => operation.operationId === name);
    if (route) return reply.headers(headersFor(asked)).send(routePage(document().document, route, asked));
    if (!asksForHtml(request.headers.accept)) return reply.callNotFound();
    return reply.status(404).headers(headersFor(asked)).send(unknownPage(asked));
  });
}

function described(document: object): { document: ApiDocument; text: string } {
  return { document: document as ApiDocument, text: JSON.stringify(document) };
}

function languageIn(text: string | null): Language | undefined {
  return text === 'en' || text === 'zh' ? text : undefined;
}

/** The addresses of the built style and script, which have a hash in their names. */
function filesIn(path: string | undefined): Asked['files'] {
  const assets = path === undefined ? undefined : join(path, 'assets');
  if (assets === undefined || !existsSync(assets)) return {};
  const names = readdirSync(assets);
  const addressOf = (pattern: RegExp) => {
    const name = names.find((one) => pattern.test(one));
    return name && `/assets/${name}`;
  };
  return { styles: addressOf(/^docs-[\w-]+\.css$/), script: addressOf(/^docs-[\w-]+\.js$/) };
}
