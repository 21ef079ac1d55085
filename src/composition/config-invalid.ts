/** The environment says something that cannot be meant: a sentence for each setting, a line each. */
export class ConfigInvalid extends Error {
  /** @param because what is wrong with a value that is not shown */
  constructor(name: string, seen: string, expected: string, because?: string) {
    super(`${name} is "${seen}"${because === undefined ? '' : ` (${because})`}; expected ${expected}.`);
  }
}

/** Reads settings one by one, so that all that cannot be meant are reported together. */
export class SettingsReading {
  readonly #faults: ConfigInvalid[] = [];

  /** What a setting says, or the value that stands for it until the end where it cannot be meant. */
  of<Value, Otherwise>(read: () => Value, otherwise: Otherwise): Value | Otherwise {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ConfigInvalid)) throw error;
      this.#faults.push(error);
      return otherwise;
    }
  }

  /** @throws ConfigInvalid with a sentence for every setting that cannot be meant */
  end(): void {
    const [first, ...others] = this.#faults;
    if (!first) return;
    for (const { message } of others) first.message += `\n${message}`;
    throw first;
  }
}
