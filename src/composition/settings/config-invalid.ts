/** Settings are invalid: one sentence per setting, one per line. */
export class ConfigInvalid extends Error {
  /** @param because what is wrong with a value that is not shown */
  constructor(name: string, seen: string, expected: string, because?: string) {
    super(`${name} is "${seen}"${because === undefined ? '' : ` (${because})`}; expected ${expected}.`);
  }
}

/** Reads settings one by one, so that all invalid ones are reported together. */
export class SettingsReading {
  private readonly faults: ConfigInvalid[] = [];

  /** The value of a setting, or a placeholder if it is invalid. */
  of<Value, Otherwise>(read: () => Value, otherwise: Otherwise): Value | Otherwise {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ConfigInvalid)) throw error;
      this.faults.push(error);
      return otherwise;
    }
  }

  /** @throws ConfigInvalid with a sentence for every invalid setting */
  end(): void {
    const [first, ...others] = this.faults;
    if (!first) return;
    for (const { message } of others) first.message += `\n${message}`;
    throw first;
  }
}
