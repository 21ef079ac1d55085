import type { Language } from '../../answers/accepted-language.js';
import { type Content, type Html, html } from '../html.js';
import { type ApiDocument, type Parameter, type Route, routesByGroup, type Schema } from './document.js';
import { curlOf } from './sample.js';
import { memberLine, members, shapesOf, typeWords } from './shapes.js';
import { groupName, isText, type Say, sayIn } from './texts.js';
import { whoMay } from './who.js';

/** The request that a page answers. */
export interface Asked {
  language: Language;
  /** The language was chosen in the address: links keep it. */
  isChosen: boolean;
  /** The own path, without parameters. */
  path: string;
  /** The address of the service, for examples. */
  base: string;
  /** Nobody needs a key. */
  isOpen: boolean;
  /** The built style sheet and script; none where the page is not built. */
  files: { styles?: string | undefined; script?: string | undefined };
}

/** The page with the list of routes. */
export function listPage(document: ApiDocument, asked: Asked): string {
  const { language, isOpen } = asked;
  const say = sayIn(language);
  const groups = [...routesByGroup(document)];
  return framed(
    say('title'),
    html`<h1>${say('title')}</h1>
<p>${say('intro')} ${say(isOpen ? 'open' : 'keys')}</p>
<p>${say('faults')} <a href="/problems">/problems</a><br>${say('document')} <a href="/openapi.json">/openapi.json</a></p>
<nav class="groups" aria-label="${say('groups')}"><ul>${groups.map(
      ([tag]) => html`<li><a href="#${tag}">${groupName(tag, language)}</a></li>`,
    )}</ul></nav>
<form class="filter" role="search" data-filter hidden><label for="filter">${say('filter')}</label> <input id="filter" type="search" autocomplete="off" spellcheck="false"> <span role="status" data-found="${say('found')}"></span></form>
${groups.map(
  ([
    tag,
    routes,
  ]) => html`<section class="group" aria-labelledby="${tag}"><h2 id="${tag}">${groupName(tag, language)}</h2>
<ul class="routes">${routes.map((route) => routeLine(route, asked, say))}</ul></section>
`,
)}`,
    asked,
  );
}

/** The page of one route. */
export function routePage(document: ApiDocument, route: Route, asked: Asked): string {
  const { language } = asked;
  const say = sayIn(language);
  const { operation } = route;
  const { schemas } = document.components;
  const tag = operation.tags?.[0] ?? '';
  const shapes = shapesOf(schemasOf(route), schemas);
  return framed(
    `${operation.summary} · ${say('title')}`,
    html`<p class="back"><a href="${linkTo('/docs', asked)}#${tag}">${say('all')} › ${groupName(tag, language)}</a></p>
<h1 lang="en">${operation.summary}</h1>
<p class="address">${methodAndAddress(route)}</p>
<h2 id="who">${say('who')}</h2>
<p>${whoMay(route, language, say).whole}</p>
${parametersPart(operation.parameters, say)}${bodyPart(route, say)}<h2 id="answers">${say('answers')}</h2>
<ul class="members">${Object.entries(operation.responses).map(([status, answer]) => answerLine(status, answer, say))}</ul>
<h2 id="example">${say('example')}</h2>
<p>${say(asked.isOpen ? 'exampleHintOpen' : 'exampleHint')}</p>
<pre><code>${curlOf(route, { base: asked.base, shapes: schemas, isOpen: asked.isOpen })}</code></pre>
${
  shapes.length > 0 &&
  html`<h2 id="shapes">${say('shapes')}</h2>
${shapes.map((name) => shapePart(name, schemas[name] ?? {}, say))}`
}`,
    asked,
  );
}

/** The page for an address that names no route. */
export function unknownPage(asked: Asked): string {
  const say = sayIn(asked.language);
  return framed(
    say('unknown'),
    html`<h1>${say('unknown')}</h1>
<p>${say('unknownHint')} <a href="${linkTo('/docs', asked)}">${say('all')}</a></p>`,
    asked,
  );
}

function framed(title: string, content: Html, asked: Asked): string {
  const { language, path, files } = asked;
  const say = sayIn(language);
  const other = language === 'zh' ? 'en' : 'zh';
  return html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Topout</title>
${files.styles && html`<link rel="stylesheet" href="${files.styles}">`}
${files.script && html`<script type="module" src="${files.script}"></script>`}
</head>
<body>
<a class="skip" href="#content">${say('skip')}</a>
<header><a class="brand" href="/">Topout</a> <a href="${linkTo('/docs', asked)}">${say('title')}</a> <a href="/">${say('home')}</a> <a class="language" data-language="${other}" lang="${other === 'zh' ? 'zh-CN' : 'en'}" hreflang="${other}" href="${path}?lang=${other}">${other === 'zh' ? '中文' : 'English'}</a></header>
<main id="content" tabindex="-1">
${content}
</main>
</body>
</html>
`.text;
}

function linkTo(path: string, { isChosen, language }: Asked): string {
  return isChosen ? `${path}?lang=${language}` : path;
}

function methodAndAddress({ method, address }: Route): Html {
  return html`<span class="method ${method.toLowerCase()}">${method}</span> <code>${address}</code>`;
}

function routeLine(route: Route, asked: Asked, say: Say): Html {
  const { operation } = route;
  return html`<li data-route><a href="${linkTo(`/docs/${operation.operationId}`, asked)}">${methodAndAddress(route)}</a> <span class="summary" lang="en">${operation.summary}</span> <span class="who">${whoMay(route, asked.language, say).brief}</span></li>
`;
}

function parametersPart(parameters: readonly Parameter[] = [], say: Say): Content {
  if (parameters.length === 0) return undefined;
  return html`<h2 id="parameters">${say('parameters')}</h2>
<ul class="members">${parameters.map(({ name, in: place, required, schema, description }) =>
    memberLine(
      { name, schema, description, isRequired: required ?? false, place: isText(place) ? say(place) : place },
      say,
    ),
  )}</ul>
`;
}

function bodyPart({ operation: { requestBody } }: Route, say: Say): Content {
  if (!requestBody) return undefined;
  return html`<h2 id="body">${say('body')}</h2>
${requestBody.description && html`<p lang="en">${requestBody.description}</p>`}<ul class="members">${Object.entries(
    requestBody.content,
  ).map(([type, { schema }]) =>
    memberLine({ name: type, schema, isRequired: requestBody.required ?? false, description: '' }, say),
  )}</ul>
`;
}

function answerLine(status: string, answer: Route['operation']['responses'][string], say: Say): Html {
  const contents = Object.entries(answer.content ?? {});
  const headers = Object.entries(answer.headers ?? {});
  // An answer is often described by the name of its shape alone, which is linked.
  const isNamed = contents.some(([, { schema }]) => schema?.$ref?.endsWith(`/${answer.description}`));
  return html`<li><code class="name">${status === 'default' ? say('otherwise') : status}</code> ${
    contents.length === 0
      ? html`<span class="type">${say('empty')}</span>`
      : contents.map(
          ([type, { schema }]) =>
            html`<span class="type">${type}${schema && [': ', typeWords(schema, say)]}</span> `,
        )
  }${status === 'default' && html`<a href="/problems">${say('problems')}</a>`}${
    answer.description && !isNamed && html`<p lang="en">${answer.description}</p>`
  }${
    headers.length > 0 &&
    html`<p>${say('headers')}</p><ul class="members">${headers.map(([name, { description, schema }]) =>
      memberLine({ name, schema, description, isRequired: undefined }, say),
    )}</ul>`
  }</li>`;
}

function shapePart(name: string, schema: Schema, say: Say): Html {
  return html`<section aria-labelledby="shape-${name}"><h3 id="shape-${name}">${name}</h3>
${schema.description && html`<p lang="en">${schema.description}</p>`}${
  members(schema, say) ?? html`<p class="type alone">${typeWords(schema, say)}</p>`
}</section>
`;
}

/** The shapes that a route is described by. */
function schemasOf({ operation }: Route): (Schema | undefined)[] {
  const contents = [operation.requestBody, ...Object.values(operation.responses)].flatMap((part) =>
    Object.values(part?.content ?? {}),
  );
  return contents.map(({ schema }) => schema);
}
