/**
 * The invocation of a batch of records. Its row is opened and drawn once, when the batch is formed; a batch that Lambda
 * refused keeps it for the next attempt, so a throttle shifts nobody's later draws.
 */
import type { Stream } from '../../engine/random-streams.js';
import { type InvocationId, type InvokerId, NONE } from '../../lambda/ids.js';
import { ATTEMPT_AT, FAILS, HOPS, MARKS, TIMES } from '../../lambda/invocations.js';
import type { LambdaFunction } from '../../lambda/lambda-function.js';
import { ADMITTED, type Admission, SERVICE_ERROR, THROTTLED } from '../../lambda/outcome.js';
import type { World } from '../../lambda/world.js';

/** Answer of `tryInvoke` beside those of the dispatcher: the service itself failed. */
export const FAILED_BY_SERVICE: Admission = -1;

export class BatchInvocation {
  private readonly outageDraws: Stream;

  constructor(
    private readonly world: World,
    private readonly fn: LambdaFunction,
    private readonly invoker: InvokerId,
    name: string,
  ) {
    this.outageDraws = world.streams.named(`${name}/outages`);
  }

  /**
   * The row of a batch of `records` that was formed now. `note` comes back with `settled`; `attempt` is 0 where no record
   * was tried before; `hops` as `Target.receive` has it.
   */
  open(note: number, records: number, attempt: number, hops: number): InvocationId {
    const { invocations, loop } = this.world;
    const row = invocations.open(this.fn.id, this.invoker, note, loop.now, attempt);
    this.fn.work.draw(invocations, row);
    this.fn.work.addRecords(invocations, row, records);
    invocations.marks[(row << MARKS) + HOPS] = hops;
    return row;
  }

  /** The invocation fails as a whole, because a record did and nobody says which. */
  failAll(row: InvocationId): void {
    this.world.invocations.marks[(row << MARKS) + FAILS] = 1;
  }

  /** Whether the handler itself is drawn to fail. */
  isDrawnToFail(row: InvocationId): boolean {
    return this.world.invocations.marks[(row << MARKS) + FAILS] === 1;
  }

  /** ADMITTED, or why not; a refusal is stated here. */
  tryInvoke(row: InvocationId): Admission {
    const { world, fn } = this;
    const { outages, recorder } = world;
    if (outages !== undefined && outages.share > 0 && this.outageDraws.uniform() < outages.share) {
      recorder.refused(fn.id, SERVICE_ERROR, ADMITTED, 1);
      return FAILED_BY_SERVICE;
    }
    world.invocations.times[(row << TIMES) + ATTEMPT_AT] = world.loop.now;
    const admission = world.dispatcher.tryInvoke(fn, row);
    if (admission === ADMITTED) return ADMITTED;
    world.invocations.times[(row << TIMES) + ATTEMPT_AT] = NONE;
    recorder.refused(fn.id, THROTTLED, admission, 1);
    return admission;
  }

  /** A batch that was given up before Lambda took it: nothing ran, so nothing is stated of its row. */
  giveUp(row: InvocationId): void {
    this.world.invocations.drop(row);
  }
}
