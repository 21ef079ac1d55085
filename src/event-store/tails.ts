/** Stream ends per generation where nothing else is said. */
const usuallyKept = 10_000;

/** A cache of the ends of recently written streams. */
export class Tails<Tail> {
  private young = new Map<string, Tail>();
  /** Left from the generation before: unused entries leave with it. One look-up per stream, where a strict LRU takes three. */
  private old = new Map<string, Tail>();

  /** @param most how many a generation holds; two generations are kept */
  constructor(private readonly most = usuallyKept) {}

  get(stream: string): Tail | undefined {
    const young = this.young.get(stream);
    if (young) return young;
    const old = this.old.get(stream);
    if (old) this.keep(stream, old);
    return old;
  }

  keep(stream: string, tail: Tail): void {
    this.young.set(stream, tail);
    if (this.young.size <= this.most) return;
    this.old = this.young;
    this.young = new Map();
  }

  forget(stream: string): void {
    this.young.delete(stream);
    this.old.delete(stream);
  }

  forgetAll(): void {
    this.young.clear();
    this.old.clear();
  }
}
