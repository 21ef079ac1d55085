import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Schema } from '../../src/http/answers/schema.js';

/** A parameter of an operation. */
export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema?: Schema;
}

interface Content {
  [type: string]: { schema?: Schema };
}

interface Operation {
  operationId: string;
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { required?: boolean; content: Content };
  responses: Record<string, { content?: Content }>;
}

/** A route as the API's document describes it. */
export interface Described {
  method: string;
  path: string;
  operation: string;
  parameters: readonly Parameter[];
  /** By media type; empty for a route without a body. */
  bodies: readonly { type: string; schema: Schema }[];
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; parameters?: Record<string, Parameter> };
}

/** The API's document: what may be asked, and whether an answer is one that it describes. */
export class ApiDocument {
  readonly operations: readonly Described[];
  private readonly ajv = new Ajv2020({
    strict: false,
    validateFormats: false,
    allErrors: false,
    logger: false,
  });
  private readonly checks = new Map<string, ValidateFunction>();

  constructor(private readonly document: Document) {
    // Not a schema itself: what it refers to is looked up in it.
    this.ajv.addSchema(
      { components: document.components, paths: document.paths } as object,
      'api',
      undefined,
      false,
    );
    this.operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId, parameters = [], requestBody }]) => ({
        method: method.toUpperCase(),
        path,
        operation: operationId,
        parameters: parameters.map((one) => this.resolved(one)),
        bodies: Object.entries(requestBody?.content ?? {}).map(([type, { schema = {} }]) => ({
          type,
          schema,
        })),
      })),
    );
  }

  /** A schema, or the one that it refers to. */
  schema({ $ref, ...own }: Schema): Schema {
    if ($ref === undefined) return own;
    const found = this.document.components.schemas[$ref.replace('#/components/schemas/', '')];
    if (!found) throw new Error(`The document has no ${$ref}.`);
    return this.schema({ ...found, ...own });
  }

  /** Why an answer is none that the document describes; undefined for one that is. */
  fault(of: Described, status: number, contentType: string, text: string): string | undefined {
    const responses = this.document.paths[of.path]?.[of.method.toLowerCase()]?.responses ?? {};
    const named = responses[status] ? String(status) : 'default';
    const content = responses[named]?.content;
    if (!content) return text === '' ? undefined : `${status} has a body, and the document none`;
    const [type = ''] = contentType.split(';');
    if (!content[type])
      return `${status} with ${type || 'no type'}; the document has ${Object.keys(content).join(', ')}`;
    if (!/json/.test(type)) return undefined;
    const values = type === 'application/x-ndjson' ? text.trim().split('\n').filter(Boolean) : [text];
    for (const value of values) {
      const check = this.check(of, named, type);
      if (!check(JSON.parse(value))) {
        const [first] = check.errors ?? [];
        return `${status}: ${first?.instancePath || 'the body'} ${first?.message} ${JSON.stringify(first?.params)}`;
      }
    }
    return undefined;
  }

  private check({ path, method }: Described, status: string, type: string): ValidateFunction {
    const pointer = ['paths', path, method.toLowerCase(), 'responses', status, 'content', type, 'schema']
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    const known = this.checks.get(pointer);
    if (known) return known;
    const check = this.ajv.compile({ $ref: `api#/${pointer}` });
    this.checks.set(pointer, check);
    return check;
  }

  private resolved(parameter: Parameter | { $ref: string }): Parameter {
    if (!('$ref' in parameter)) return parameter;
    const found =
      this.document.components.parameters?.[parameter.$ref.replace('#/components/parameters/', '')];
    if (!found) throw new Error(`The document has no ${parameter.$ref}.`);
    return found;
  }
}
