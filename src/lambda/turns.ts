/**
 * Who was throttled by a function and waits to try again, in the order in which they began to wait. Whoever sees an
 * invocation of the function end gives the first of them its turn before going on itself, so that nobody is passed over for
 * ever by one who is always there when concurrency is free.
 */
export interface Waiting {
  /** Tries again now; false where it has nothing more to send. It leaves the line itself, then or when it was admitted. */
  takeTurn(): boolean;
}

export class Turns {
  private readonly line = new Set<Waiting>();

  /** Whoever stands in it keeps its place. */
  stand(one: Waiting): void {
    this.line.add(one);
  }

  leave(one: Waiting): void {
    this.line.delete(one);
  }

  giveNext(): void {
    if (this.line.size === 0) return;
    // A set hands out what follows, whoever leaves it meanwhile.
    for (const first of this.line) if (first.takeTurn()) return;
  }
}
