/** Maximum concurrent attempts: in total, and to one host. */
const inAll = 32;
const perHost = 4;
/** The share of receivers that did not answer quickly the last time: the others always get a slot. */
const forUnproven = 24;

interface Asking {
  host: string;
  isProven: boolean;
  start(release: (() => void) | undefined): void;
}

/** Slots for concurrent attempts. */
export class Slots {
  private readonly asking: Asking[] = [];
  private readonly hosts = new Map<string, number>();
  private taken = 0;
  private takenByUnproven = 0;
  private isClosed = false;

  /**
   * Waits for a slot; returns its release.
   *
   * @param isProven the receiver answered quickly the last time
   * @returns undefined if the slots were closed meanwhile
   */
  take(host: string, isProven: boolean): Promise<(() => void) | undefined> {
    return new Promise((start) => {
      this.asking.push({ host, isProven, start });
      this.fill();
    });
  }

  /** Gives no more slots; taken ones stay until they are released. */
  close(): void {
    this.isClosed = true;
    for (const { start } of this.asking.splice(0)) start(undefined);
  }

  private fill(): void {
    if (this.isClosed) this.close();
    for (const isProven of [true, false]) {
      for (const asking of this.asking.filter((other) => other.isProven === isProven)) {
        if (this.taken >= inAll) return;
        if (!isProven && this.takenByUnproven >= forUnproven) break;
        if ((this.hosts.get(asking.host) ?? 0) < perHost) this.give(asking);
      }
    }
  }

  private give(asking: Asking): void {
    const { host, isProven, start } = asking;
    this.asking.splice(this.asking.indexOf(asking), 1);
    this.count(host, isProven, 1);
    start(() => {
      this.count(host, isProven, -1);
      this.fill();
    });
  }

  private count(host: string, isProven: boolean, by: 1 | -1): void {
    this.taken += by;
    if (!isProven) this.takenByUnproven += by;
    const ofHost = (this.hosts.get(host) ?? 0) + by;
    if (ofHost === 0) this.hosts.delete(host);
    else this.hosts.set(host, ofHost);
  }
}
