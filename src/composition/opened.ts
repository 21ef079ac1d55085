/** Everything opened so far, closed in reverse order at the end or after a failure. */
export class Opened {
  private readonly opened: { close(): Promise<void> }[] = [];

  add<Closable extends { close(): Promise<void> }>(one: Closable): Closable {
    this.opened.push(one);
    return one;
  }

  async close(): Promise<void> {
    for (let one = this.opened.pop(); one; one = this.opened.pop()) await one.close();
  }
}
