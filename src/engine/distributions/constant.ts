/** Always the same value; draws nothing from its stream. Other kinds without spread turn into this one. */
import type { Distribution } from '../distribution.js';
import type { Stream } from '../random-streams.js';

export class ConstantDistribution implements Distribution {
  constructor(readonly mean: number) {}

  fill(_stream: Stream, out: Float64Array, count: number): void {
    out.fill(this.mean, 0, count);
  }
}

export function constant(spec: { readonly value: number }): Distribution {
  return new ConstantDistribution(spec.value);
}
