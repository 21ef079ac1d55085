/** Ends of streams that are remembered at most; the one used longest ago leaves first. */
const tailsKept = 10_000;

/** The ends of the streams that were written last. */
export class Tails<Tail> {
  readonly #tails = new Map<string, Tail>();

  get(stream: string): Tail | undefined {
    return this.#tails.get(stream);
  }

  keep(stream: string, tail: Tail): void {
    this.#tails.delete(stream);
    this.#tails.set(stream, tail);
    const [oldest] = this.#tails.size > tailsKept ? this.#tails.keys() : [];
    if (oldest !== undefined) this.#tails.delete(oldest);
  }

  forget(stream: string): void {
    this.#tails.delete(stream);
  }

  forgetAll(): void {
    this.#tails.clear();
  }
}
