/** Ends of streams in a generation; two of them are remembered. */
const tailsKept = 10_000;

/** The ends of the streams that were written last. */
export class Tails<Tail> {
  #young = new Map<string, Tail>();
  /** Left of the generation before: what is not asked for leaves with it. One look-up a stream, where a strict order of use takes three. */
  #old = new Map<string, Tail>();

  get(stream: string): Tail | undefined {
    const young = this.#young.get(stream);
    if (young) return young;
    const old = this.#old.get(stream);
    if (old) this.keep(stream, old);
    return old;
  }

  keep(stream: string, tail: Tail): void {
    this.#young.set(stream, tail);
    if (this.#young.size <= tailsKept) return;
    this.#old = this.#young;
    this.#young = new Map();
  }

  forget(stream: string): void {
    this.#young.delete(stream);
    this.#old.delete(stream);
  }

  forgetAll(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
