/** The injection token of the application. */
export const topoutToken = Symbol('Topout');
