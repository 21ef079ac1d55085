import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The part of JSON Schema 2020-12 that the API document uses. */
export interface Schema {
  $ref?: string;
  type?: string | readonly string[];
  description?: string;
  format?: string;
  pattern?: string;
  enum?: readonly (string | number | null)[];
  const?: string | boolean;
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
  additionalProperties?: boolean | Schema;
  oneOf?: readonly Schema[];
  anyOf?: readonly Schema[];
  allOf?: readonly Schema[];
  example?: unknown;
}

/** Where the build puts the schemas: beside `dist/src`, or in `dist` when running from source. */
const builtFiles = ['../../../answers.json', '../../../dist/answers.json'].map((path) =>
  join(import.meta.dirname, path),
);

/** The schemas of `AnswerTypes` and of their parts, by name. @throws Error the build was not run */
export function answerSchemas(): Record<string, Schema> {
  const file = builtFiles.find((path) => existsSync(path));
  if (file === undefined) throw new Error('There is no dist/answers.json; run "npm run build" first.');
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Schema>;
}

/** A schema among the components of the document. */
export function ref(name: string): { $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}
