/** The environment says something that cannot be meant. */
export class ConfigInvalid extends Error {
  constructor(name: string, seen: string, expected: string) {
    super(`${name} is "${seen}"; expected ${expected}.`);
  }
}
