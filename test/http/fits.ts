import type { Schema } from '../../src/http/answers/schema.js';

type Components = Record<string, Schema>;

/** The first violation of a schema of the API document; undefined if the value fits. */
export function misfits(value: unknown, schema: Schema, components: Components, path = '$'): string[] {
  if (schema.$ref) {
    const name = schema.$ref.replace('#/components/schemas/', '');
    const target = components[name];
    return target ? misfits(value, target, components, path) : [`${path}: no schema ${name}`];
  }
  const ways = schema.oneOf ?? schema.anyOf;
  if (ways) {
    const fitting = ways.filter((way) => misfits(value, way, components, path).length === 0).length;
    const isRight = schema.oneOf ? fitting === 1 : fitting > 0;
    return isRight ? [] : [`${path}: fits ${fitting} of ${ways.length} schemas`];
  }
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.some((type) => isOf(value, type)))
    return [`${path}: ${JSON.stringify(value)} is no ${types}`];
  if (schema.enum && !schema.enum.includes(value as string))
    return [`${path}: ${JSON.stringify(value)} is none of ${schema.enum}`];
  if (schema.const !== undefined && schema.const !== value)
    return [`${path}: ${JSON.stringify(value)} is not ${schema.const}`];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => misfits(item, schema.items ?? {}, components, `${path}[${index}]`));
  }
  return typeof value === 'object' && value !== null ? membersOf(value, schema, components, path) : [];
}

function membersOf(value: object, schema: Schema, components: Components, path: string): string[] {
  const members: Record<string, unknown> = { ...value };
  const missing = (schema.required ?? [])
    .filter((name) => !(name in members))
    .map((name) => `${path}.${name}: missing`);
  const found = Object.entries(members).flatMap(([name, member]) => {
    const known = schema.properties?.[name];
    if (known) return misfits(member, known, components, `${path}.${name}`);
    return schema.additionalProperties === false ? [`${path}.${name}: not described`] : [];
  });
  return [...missing, ...found];
}

function isOf(value: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}
