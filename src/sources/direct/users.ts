/** A fixed number of users: each asks, waits for the answer or gives up, thinks, and asks again. */
import type { Variates } from '../../engine/variates.js';
import type { World } from '../../lambda/world.js';
import type { Client } from './client.js';

export class Users {
  private readonly ask: number;

  constructor(
    private readonly world: World,
    traffic: string,
    client: Client,
    request: (user: number) => void,
    private readonly count: number,
    private readonly thinkTime: Variates,
  ) {
    this.ask = world.loop.define(`traffic.${traffic}/ask`, request);
    client.onUserAnswered = (user, at) => world.loop.at(at + thinkTime.next(), this.ask, user);
  }

  /** They think before their first request, so that they do not all ask at once. */
  start(): void {
    for (let user = 0; user < this.count; user++) this.world.loop.after(this.thinkTime.next(), this.ask, user);
  }
}
