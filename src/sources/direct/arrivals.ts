/** Requests that come when they come, whatever becomes of the others: one pending event, instants drawn in blocks. */
import { NONE } from '../../lambda/ids.js';
import type { World } from '../../lambda/world.js';
import type { ArrivalProcess } from '../../traffic/arrival-process.js';
import type { Client } from './client.js';

const FIRST_BLOCK = 16;
const LARGEST_BLOCK = 512;

export class Arrivals {
  private block = new Float64Array(FIRST_BLOCK);
  private length = 0;
  private at = 0;
  private readonly arrival: number;

  constructor(
    private readonly world: World,
    traffic: string,
    client: Client,
    private readonly process: ArrivalProcess,
  ) {
    this.arrival = world.loop.define(`traffic.${traffic}/arrival`, () => {
      this.scheduleNext();
      client.request(NONE);
    });
  }

  scheduleNext(): void {
    if (this.at === this.length && !this.refill()) return;
    this.world.loop.at(this.block[this.at++], this.arrival);
  }

  private refill(): boolean {
    if (this.length > 0 && this.block.length < LARGEST_BLOCK) this.block = new Float64Array(this.block.length * 2);
    this.length = this.process.fill(this.block);
    this.at = 0;
    return this.length > 0;
  }
}
