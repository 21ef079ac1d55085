/** By which Nest knows the application. */
export const topoutToken = Symbol('Topout');
