/** The injection token of the application. */
export const topoutToken = Symbol('Topout');

/** The injection token of the provider of identities; there may be none. */
export const providerToken = Symbol('IdentityProvider');

/** The injection token of the limits of requests; there may be none. */
export const limitsToken = Symbol('Limits');
