// Derives the schemas of the API's answers from their types and docstrings: `node scripts/answers.mjs [FILE]`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  AnnotatedType,
  createFormatter,
  createParser,
  createProgram,
  DEFAULT_CONFIG,
  LiteralType,
  SchemaGenerator,
  UnionType,
} from 'ts-json-schema-generator';
import ts from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = resolve(process.argv[2] ?? join(root, 'dist', 'answers.json'));
const table = 'AnswerTypes';

/** What the suffix of a member says about its number. */
const units = {
  BasisPoints: 'In basis points: 8500 is 85 %.',
  Minor: 'In minor units (fen, cents).',
};

/** Texts that people give by language; `localised` (src/http/answers/language.ts) shows them in both, too. */
const reported = ['owner', 'district', 'sector', 'phase'];

/** Marks a part as `Localised<...>`; the type itself would repeat every schema in it. */
class LocalisedParser {
  constructor(parts) {
    this.parts = parts;
  }
  supportsNode(node) {
    return ts.isTypeReferenceNode(node) && node.typeName.getText() === 'Localised';
  }
  createType(node, context) {
    return new AnnotatedType(
      this.parts.createType(node.typeArguments[0], context),
      { localised: true },
      false,
    );
  }
}

/** Asks the compiler for `keyof` a known type, such as the table of facts, whose values no schema could describe. */
class KeysParser {
  constructor(checker) {
    this.checker = checker;
  }
  supportsNode(node) {
    return (
      ts.isTypeOperatorNode(node) &&
      node.operator === ts.SyntaxKind.KeyOfKeyword &&
      this.keys(node) !== undefined
    );
  }
  createType(node) {
    return new UnionType(this.keys(node).map((key) => new LiteralType(key)));
  }
  keys(node) {
    const type = this.checker.getTypeFromTypeNode(node);
    const types = type.isUnion() ? type.types : [type];
    return types.every((one) => one.isStringLiteral()) ? types.map(({ value }) => value) : undefined;
  }
}

const config = {
  ...DEFAULT_CONFIG,
  path: join(root, 'src/http/answers/answer-types.ts'),
  tsconfig: join(root, 'tsconfig.json'),
  type: table,
  skipTypeCheck: true,
  sortProps: false,
  encodeRefs: false,
};
const program = createProgram(config);
const parser = createParser(program, config, (parts) => {
  parts.addNodeParser(new LocalisedParser(parts));
  parts.addNodeParser(new KeysParser(program.getTypeChecker()));
});
const { definitions } = new SchemaGenerator(program, parser, createFormatter(config), config).createSchema(
  table,
);
const { [table]: answers, ...parts } = definitions;

/** By the name of a type the name of the table, where that lists the very type. */
const names = new Map(
  Object.entries(answers.properties).flatMap(([name, { $ref, description }]) =>
    $ref && !description ? [[typeIn($ref), name]] : [],
  ),
);
/** By name what the document holds, and whether it is as in one language. */
const schemas = {};
const forms = new Map();
for (const [name, { localised = false, ...schema }] of Object.entries(answers.properties))
  if (names.get(typeIn(schema.$ref)) === name) refTo(typeIn(schema.$ref), localised);
  else schemas[name] = shown(schema, localised);
const used = new Set(Object.keys(answers.properties));
for (const name of used)
  for (const [, part] of JSON.stringify(schemas[name]).matchAll(/schemas\/(\w+)"/g)) used.add(part);
const written = JSON.stringify(
  Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name))),
);
const [unknown] = /"#\/definitions\/[^"]*"/.exec(written) ?? [];
if (unknown)
  throw new Error(`A schema of the answers refers to ${unknown}, which the document does not have.`);
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, written);

function typeIn($ref = '') {
  return $ref.replace('#/definitions/', '');
}

/** A reference to a type, which is then in the document; a type that both forms need is inlined on its second use. */
function refTo(type, isLocalised) {
  const name = names.get(type) ?? type;
  const form = isLocalised && hasWords(parts[type]) ? 'localised' : 'plain';
  if (!/^\w+$/.test(name) || (forms.get(name) ?? form) !== form) return shown(parts[type], isLocalised);
  if (!forms.has(name)) {
    forms.set(name, form);
    schemas[name] = undefined;
    schemas[name] = shown(parts[type], isLocalised);
  }
  return { $ref: `#/components/schemas/${name}` };
}

/** A schema as the document shows it. */
function shown({ localised, $ref, ...schema }, isAround) {
  const isLocalised = localised ?? isAround;
  const { description } = schema;
  if ($ref) {
    const { description: ofType, ...part } = parts[typeIn($ref)];
    if (isLocalised && isWords(part)) return spoken(description);
    const isSimple = part.type && part.type !== 'object' && part.type !== 'array' && !part.enum;
    const of = isSimple
      ? { ...part, ...(part.format ? {} : { description: ofType }) }
      : refTo(typeIn($ref), isLocalised);
    return number({ ...of, ...schema });
  }
  if (isLocalised && isWords(schema)) return spoken(description);
  const { items, properties, anyOf } = schema;
  if (items) return { ...schema, items: shown(items, isLocalised) };
  if (properties) return { ...schema, ...members(schema, isLocalised) };
  const { additionalProperties: others } = schema;
  if (typeof others === 'object') return { ...schema, additionalProperties: shown(others, isLocalised) };
  if (anyOf) return union(schema, isLocalised);
  return number(schema);
}

/** Numbers of answers are whole, unless a docstring names the fraction that they are multiples of. */
function number({ type, ...schema }) {
  const whole = (one) => (one === 'number' && schema.multipleOf === undefined ? 'integer' : one);
  return { ...(type && { type: Array.isArray(type) ? type.map(whole) : whole(type) }), ...schema };
}

function members({ properties, required = [] }, isLocalised) {
  const all = Object.entries(properties).flatMap(([name, schema]) => {
    if (isLocalised && name === 'name' && isNames(schema))
      return [
        [name, spoken()],
        ['names', refTo('Names', false)],
      ];
    const unit = Object.entries(units).find(([suffix]) => name.endsWith(suffix))?.[1];
    const { description, ...member } = shown(schema, isLocalised && name !== 'data');
    const words = [description, unit].filter(Boolean).join(' ');
    return [[name, words ? { ...member, description: words } : member]];
  });
  const both = isLocalised ? reported.filter((name) => Object.hasOwn(properties, name)) : [];
  if (both.length > 0) all.push(['inBoth', inBoth(both)]);
  const names = isLocalised && isNames(properties.name ?? {}) && required.includes('name') ? ['names'] : [];
  return {
    properties: Object.fromEntries(all),
    ...(required.length > 0 && { required: [...required, ...names] }),
  };
}

/** Texts that were given in both languages, beside the one of the answer. */
function inBoth(names) {
  const text = { type: 'string' };
  const words = {
    type: 'object',
    properties: { en: text, zh: text },
    required: ['en', 'zh'],
    additionalProperties: false,
  };
  return {
    type: 'object',
    description: 'Those of them that were given in both languages.',
    properties: Object.fromEntries(names.map((name) => [name, words])),
    additionalProperties: false,
  };
}

function union({ anyOf, ...schema }, isLocalised) {
  const ways = anyOf.map((way) => shown(way, isLocalised)).filter(({ type }) => type !== 'null');
  const isNullable = ways.length < anyOf.length;
  const lists = ways.map((way) => wordsOf(way));
  if (ways.length > 1 && lists.every(Boolean)) {
    const words = { type: 'string', enum: lists.flat(), ...schema };
    return isNullable ? { ...words, type: ['string', 'null'], enum: [...words.enum, null] } : words;
  }
  const [way] = ways;
  const isSimple = ways.length === 1 && typeof way.type === 'string' && way.type !== 'object' && !way.enum;
  if (isSimple) return { ...way, type: [way.type, 'null'], ...schema };
  return isNullable ? { anyOf: [...ways, { type: 'null' }], ...schema } : { oneOf: ways, ...schema };
}

/** The words of an enumeration, also of one that is referred to. */
function wordsOf({ $ref, type, const: only, enum: words }) {
  if ($ref) return wordsOf(schemas[$ref.split('/').at(-1)] ?? {});
  return type !== 'string' ? undefined : (words ?? (only === undefined ? undefined : [only]));
}

function spoken(description = 'In the language that was asked for.') {
  return { type: 'string', description };
}

/** Both languages of a text: one of them is left of it in one language. */
function isWords({ properties, required }) {
  return Object.keys(properties ?? {}).join() === 'en,zh' && required?.length === 2;
}

function isNames(schema) {
  return Object.keys((schema.$ref ? parts[typeIn(schema.$ref)] : schema).properties ?? {}).join() === 'en,zh';
}

/** True for a schema that is another one in one language. */
function hasWords(schema) {
  if (schema.$ref) return hasWords(parts[typeIn(schema.$ref)]);
  if (isWords(schema) || isNames(schema.properties?.name ?? {})) return true;
  const { data: _, ...properties } = schema.properties ?? {};
  return [
    ...Object.values(properties),
    ...(schema.anyOf ?? []),
    ...(schema.items ? [schema.items] : []),
  ].some(hasWords);
}
