import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { AdmittedRequest, Reply } from '../server/fastify-types.js';
import type { FirstHtml } from './first-html.js';
import { scriptHashes } from './hashes.js';
import { asksForHtml } from './opened.js';
import { verifierHeaders, verifierPath } from './verifier-page.js';

/** The built page, and its ports. */
export interface BuiltPage {
  /** The folder with `index.html`, `verify.html`, `assets` and one folder for each further entry, such as `log`. */
  path: string;
  /** An unguessable text, different for every answer. */
  newNonce(): string;
}

/** Replaced in the built HTML by the nonce of an answer. */
const noncePlace = '__NONCE__';

/**
 * Nothing is loaded from another host, and the only inline scripts are those of the built HTML, by their hashes.
 *
 * The component library creates a few style elements while it runs (for the scroll lock behind a dialogue, for
 * example); they carry the nonce of the answer, so that `unsafe-inline` is not needed.
 */
function policy(nonce: string, hashes: string): string {
  return [
    "default-src 'none'",
    `script-src 'self'${hashes && ` ${hashes}`}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    // web/shared/trusted.ts defines that policy.
    'trusted-types default',
    "require-trusted-types-for 'script'",
  ].join('; ');
}

/** A worker runs under the policy of its own file: it may connect to this service, and load scripts from it. */
const filePolicy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

/** URLs of the page, which are answered without views and have their own headers. */
const places = /^\/((assets|log)(\/|$|\?)|verify\.html($|\?))/;

/** True for a URL of the page that is not one of the API. */
export function isOfPage(url: string): boolean {
  return places.test(url);
}

const notBuilt =
  'The page is not built here; "npm run build" builds it. The API is there: /docs\n页面尚未构建；运行 npm run build 即可。接口照常可用：/docs\n';

/**
 * Serves the built page: the office at `/` to clients that accept HTML, each further entry in its own folder, and
 * the page that checks a bundle.
 *
 * Files in `assets` have their hash in the name and are cached forever; HTML is always revalidated, and never stored
 * with what somebody may see.
 *
 * @param first draws the first screen of the office into its HTML
 */
export function servePage(
  fastify: Parameters<typeof fastifyStatic>[0],
  { path, newNonce }: BuiltPage,
  first?: FirstHtml,
): void {
  const send = (reply: Pick<Reply, 'headers' | 'send'>, file: string, opening?: AdmittedRequest) => {
    const nonce = newNonce();
    const built = readFileSync(file, 'utf8');
    const html = built.replaceAll(noncePlace, nonce);
    const answer = (body: string, caching: string, vary: string) => {
      reply.headers({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': policy(nonce, scriptHashes(built)),
        'cache-control': caching,
        vary,
      });
      return reply.send(body);
    };
    const plain = () => answer(html, 'no-cache', 'accept');
    if (!opening || !first) return plain();
    // What cannot be answered now the page asks for again, and says why it failed.
    return first(html, opening, nonce).then(
      (drawn) =>
        drawn === undefined ? plain() : answer(drawn, 'private, no-store', 'accept, accept-language, cookie'),
      plain,
    );
  };
  const office = join(path, 'index.html');
  fastify.addHook('onRequest', (request, reply, goOn) => {
    const { method, url, headers } = request;
    if ((method !== 'GET' && method !== 'HEAD') || !/^\/($|\?)/.test(url) || !asksForHtml(headers.accept))
      return goOn();
    if (existsSync(office)) void send(reply, office, request as unknown as AdmittedRequest);
    else reply.status(503).header('content-type', 'text/plain; charset=utf-8').send(notBuilt);
  });
  if (!existsSync(office)) return;
  void fastify.register(fastifyStatic, {
    root: join(path, 'assets'),
    prefix: '/assets/',
    decorateReply: false,
    preCompressed: true,
    acceptRanges: false,
    immutable: true,
    maxAge: '365d',
    index: false,
    allowedPath: isFile,
    setHeaders: (reply) => void reply.header('content-security-policy', filePolicy),
  });
  const verifier = join(path, 'verify.html');
  if (existsSync(verifier)) {
    const html = readFileSync(verifier, 'utf8');
    const headers = verifierHeaders(html);
    fastify.get(verifierPath, (_, reply) => reply.headers(headers).send(html));
  }
  for (const entry of entriesOf(path)) {
    fastify.get(`/${entry}`, (_, reply) => reply.redirect(`/${entry}/`));
    // By both URLs, so that the file is never sent raw, without its nonce and policy.
    for (const address of [`/${entry}/`, `/${entry}/index.html`])
      fastify.get(address, (_, reply) => send(reply, join(path, entry, 'index.html')));
    void fastify.register(fastifyStatic, {
      root: join(path, entry),
      prefix: `/${entry}/`,
      decorateReply: false,
      preCompressed: true,
      acceptRanges: false,
      cacheControl: false,
      index: false,
      allowedPath: isFile,
      setHeaders: (reply) =>
        void reply.headers({ 'cache-control': 'no-cache', 'content-security-policy': filePolicy }),
    });
  }
}

/** A folder has nothing to show. */
function isFile(path: string): boolean {
  return !path.endsWith('/');
}

function entriesOf(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(path, entry.name, 'index.html')))
    .map(({ name }) => name);
}
