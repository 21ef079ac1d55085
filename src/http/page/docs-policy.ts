/** The routes of the page on which Swagger UI describes the API. */
const places = /^\/docs(\/|\/index\.html)?$/;

/** Swagger UI creates style elements and attributes while it runs; its scripts are files of this service. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The content security policy of the API documentation page; undefined for any other route. */
export function docsPolicy(route: string | undefined): string | undefined {
  return route !== undefined && places.test(route) ? policy : undefined;
}
