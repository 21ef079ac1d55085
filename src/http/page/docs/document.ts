/** A shape of the API document, as far as the page says it. */
export interface Schema {
  $ref?: string;
  type?: string | readonly string[];
  enum?: readonly unknown[];
  const?: unknown;
  oneOf?: readonly Schema[];
  anyOf?: readonly Schema[];
  allOf?: readonly Schema[];
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  description?: string;
  example?: unknown;
}

/** A parameter of a route. */
export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Schema;
}

type Content = Readonly<Record<string, { schema?: Schema }>>;

/** A route of the API document. */
interface Operation {
  operationId: string;
  summary: string;
  tags?: readonly string[];
  parameters?: readonly Parameter[];
  requestBody?: { description?: string; required?: boolean; content: Content };
  responses: Readonly<
    Record<
      string,
      {
        description?: string;
        content?: Content;
        headers?: Readonly<Record<string, { description?: string; schema?: Schema }>>;
      }
    >
  >;
}

/** The API document, as far as the page says it. */
export interface ApiDocument {
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  components: { schemas: Readonly<Record<string, Schema>> };
}

/** A route by its method and address. */
export interface Route {
  method: string;
  address: string;
  operation: Operation;
}

/** All routes, by their group, in the order of the document. */
export function routesByGroup({ paths }: ApiDocument): Map<string, Route[]> {
  const routes = Object.entries(paths).flatMap(([address, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      address,
      operation,
    })),
  );
  return Map.groupBy(routes, ({ operation }) => operation.tags?.[0] ?? '');
}

/** The name of the shape that a schema refers to. */
export function shapeName(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}
