/** The part of JSON Schema 2020-12 that the API document uses. */
export interface Schema {
  $ref?: string;
  type?: string | readonly string[];
  description?: string;
  format?: string;
  pattern?: string;
  enum?: readonly (string | null)[];
  const?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  minProperties?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: readonly string[];
  additionalProperties?: boolean;
  oneOf?: readonly Schema[];
  anyOf?: readonly Schema[];
  allOf?: readonly Schema[];
  example?: unknown;
}

/** A member that may be absent. */
interface Absent {
  mayBeAbsent: Schema;
}

/** A schema for every member of a type; a member left out, or one too many, does not compile. */
type Members<Type> = { [Name in keyof Type]-?: undefined extends Type[Name] ? Absent : Schema };

export const string: Schema = { type: 'string' };
export const integer: Schema = { type: 'integer' };
export const boolean: Schema = { type: 'boolean' };
export const day: Schema = { type: 'string', format: 'date' };
export const instant: Schema = { type: 'string', format: 'date-time' };
export const uuid: Schema = { type: 'string', format: 'uuid' };

/** An object with exactly the members of a type. */
export function object<Type>(members: Members<Type>, description?: string): Schema {
  const entries = Object.entries<Schema | Absent>(members);
  return {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    properties: Object.fromEntries(
      entries.map(([name, schema]) => [name, 'mayBeAbsent' in schema ? schema.mayBeAbsent : schema]),
    ),
    required: entries.filter(([, schema]) => !('mayBeAbsent' in schema)).map(([name]) => name),
    additionalProperties: false,
  };
}

export function absent(schema: Schema): Absent {
  return { mayBeAbsent: schema };
}

export function list(items: Schema): Schema {
  return { type: 'array', items };
}

/** One of the words of a union; a word left out does not compile. */
export function words<Word extends string>(all: Readonly<Record<Word, true>>): Schema {
  return { type: 'string', enum: Object.keys(all) };
}

/** The schema, or null. */
export function orNull(schema: Schema): Schema {
  if (typeof schema.type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  return { ...schema, type: [schema.type, 'null'], ...(schema.enum ? { enum: [...schema.enum, null] } : {}) };
}

/** A schema among the components of the document. */
export function ref(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

/** A whole number in hundredths of a percent. */
export function basisPoints(description: string): Schema {
  return { type: 'integer', description: `${description}, in basis points (8500 is 85 %)` };
}
