import { type Content, type Html, html, joined } from '../html.js';
import { type Schema, shapeName } from './document.js';
import { isText, type Say } from './texts.js';

/** What a value may be, in words, with links to the shapes on the page. */
export function typeWords(schema: Schema | undefined, say: Say): Content {
  if (!schema) return say('anything');
  const { $ref, oneOf, anyOf, allOf, type } = schema;
  if ($ref !== undefined) return html`<a href="#shape-${shapeName($ref)}">${shapeName($ref)}</a>`;
  if ('const' in schema) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (schema.enum)
    return joined(
      schema.enum.map((one) => html`<code>${JSON.stringify(one)}</code>`),
      say('or'),
    );
  const choices = oneOf ?? anyOf;
  if (choices)
    return joined(
      choices.map((one) => typeWords(one, say)),
      say('or'),
    );
  if (allOf)
    return joined(
      allOf.map((one) => typeWords(one, say)),
      say('and'),
    );
  if (Array.isArray(type))
    return joined(
      type.map((one) => typeWords({ ...schema, type: one }, say)),
      say('or'),
    );
  switch (type) {
    case 'array':
      return [
        `${say('listOf')} `,
        typeWords(schema.items, say),
        bounds(schema.minItems || undefined, schema.maxItems, say, say('elements')),
      ];
    case 'object':
      return objectWords(schema, say);
    case 'string':
      return textWords(schema, say);
    case 'integer':
    case 'number':
      return [say(type), bounds(schema.minimum, schema.maximum, say)];
    default:
      return isText(type as string | undefined) ? say(type as 'boolean') : say('anything');
  }
}

/** The members of a shape as a list; undefined for a shape that is no object. */
export function members(schema: Schema, say: Say): Html | undefined {
  const { properties, required = [] } = schema;
  if (!properties || Object.keys(properties).length === 0) return undefined;
  const lines = Object.entries(properties).map(([name, schema]) => {
    const isRequired = required.includes(name);
    return { isRequired, line: memberLine({ name, schema, isRequired }, say) };
  });
  // What has to be there is read first.
  const ordered = [...lines.filter((one) => one.isRequired), ...lines.filter((one) => !one.isRequired)];
  return html`<ul class="members">${ordered.map(({ line }) => line)}</ul>`;
}

/** One member or parameter: its name, what it may be, and what it means. */
export function memberLine(
  {
    name,
    schema,
    isRequired,
    place,
    description = schema?.description,
  }: {
    name: string;
    schema: Schema | undefined;
    isRequired: boolean | undefined;
    place?: string | undefined;
    description?: string | undefined;
  },
  say: Say,
): Html {
  const nested = schema && nestedMembers(schema, say);
  const must = isRequired === undefined ? undefined : isRequired ? 'required' : 'optional';
  return html`<li><code class="name">${name}</code> ${
    must && html`<span class="${must}">${say(must)}</span> `
  }${place && html`<span class="place">${place}</span> `}<span class="type">${typeWords(schema, say)}</span>${
    description && html`<p lang="en">${description}</p>`
  }${nested}</li>`;
}

/** The shapes that some schemas refer to, directly or not, in the order in which they are met. */
export function shapesOf(
  schemas: readonly (Schema | undefined)[],
  known: Readonly<Record<string, Schema>>,
): string[] {
  const found = new Set<string>();
  const visit = (schema: Schema | undefined): void => {
    if (!schema) return;
    if (schema.$ref !== undefined) {
      const name = shapeName(schema.$ref);
      if (found.has(name)) return;
      found.add(name);
      visit(known[name]);
    }
    for (const list of [schema.oneOf, schema.anyOf, schema.allOf]) list?.forEach(visit);
    visit(schema.items);
    if (typeof schema.additionalProperties === 'object') visit(schema.additionalProperties);
    for (const member of Object.values(schema.properties ?? {})) visit(member);
  };
  schemas.forEach(visit);
  return [...found];
}

/** Members of an object that has no name of its own, also within a list or a choice. */
function nestedMembers(schema: Schema, say: Say): Content {
  const { items, oneOf, anyOf, allOf, additionalProperties } = schema;
  const within = [
    items,
    ...(oneOf ?? anyOf ?? allOf ?? []),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
  ];
  return members(schema, say) ?? within.map((one) => one && nestedMembers(one, say));
}

function objectWords({ properties, additionalProperties }: Schema, say: Say): Content {
  if (!properties && typeof additionalProperties === 'object')
    return [`${say('eachMember')} `, typeWords(additionalProperties, say)];
  return say('object');
}

function textWords({ format, pattern, minLength, maxLength }: Schema, say: Say): Content {
  if (isText(format)) return say(format);
  if (pattern !== undefined) return [`${say('text')} `, html`<code>${pattern}</code>`];
  return [
    say('text'),
    bounds(minLength && minLength > 1 ? minLength : undefined, maxLength, say, say('characters')),
  ];
}

function bounds(least: number | undefined, most: number | undefined, say: Say, unit = ''): string {
  if (least === undefined && most === undefined) return '';
  const range =
    least === undefined
      ? `${say('atMost')} ${most}`
      : most === undefined
        ? `${say('atLeast')} ${least}`
        : `${least}–${most}`;
  return say('comma') + range + (unit && ` ${unit}`);
}
