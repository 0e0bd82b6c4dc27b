/**
 * Rule     Memory is set in steps within a range, and CPU comes in proportion to it.
 * Numbers  Until 2020-11: 128 to 3,008 MB in steps of 64, one vCPU at 1,792 MB. Since 2020-12-01: 128 to 10,240 MB in steps of 1, one vCPU at 1,769 MB.
 * Era      Two versions.
 * Source   AWS Lambda Developer Guide, "Lambda quotas" and "Configure Lambda function memory" (2019, 2020, 2026); cores seen by a function: rwnx/lambda-cpuinfo; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { Share } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface MemoryAndCpu {
  /** MB, as are all but the shares. */
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
  /** MB that come with one whole vCPU. */
  readonly perVcpu: number;
}

export const memoryAndCpu: Rule<MemoryAndCpu> = {
  name: 'memory-and-cpu',
  statement: 'A function has CPU in proportion to its memory: one vCPU at 1,769 MB (1,792 MB before December 2020).',
  assumes: 'Work that uses several cores goes as fast as its CPU share up to the cores a function sees.',
  fields: { minimum: 'count', maximum: 'count', step: 'count', perVcpu: 'count' },
  versions: [
    {
      from: '2020-12-01',
      value: { minimum: 128, maximum: 10_240, step: 1, perVcpu: 1_769 },
      certainty: 'documented',
      source: 'AWS Lambda Developer Guide, "Lambda quotas"',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { minimum: 128, maximum: 3_008, step: 64, perVcpu: 1_792 },
      certainty: 'documented',
      source: 'AWS Lambda Developer Guide, "AWS Lambda limits" (2019) and "Configuring functions" (2020)',
      read: '2026-11-21',
    },
  ],
};

/** `[up to MB, cores]`, measured. */
const CORES: readonly (readonly [number, number])[] = [
  [3_008, 2],
  [5_307, 3],
  [7_076, 4],
  [8_845, 5],
  [10_240, 6],
];

/** Cores that a function sees. */
export function coresAt(memory: number): number {
  return (CORES.find(([upTo]) => memory <= upTo) ?? CORES[CORES.length - 1]!)[1];
}

/** vCPUs that come with a memory size. */
export function vcpuAt(value: Pick<MemoryAndCpu, 'perVcpu'>, memory: number): number {
  return memory / value.perVcpu;
}

/** A duration as measured at one memory size. */
export interface CpuSpec {
  /** MB. */
  readonly measuredAt: number;
  /** Share of that duration that is CPU work; the rest waits and does not change with memory. */
  readonly cpuBound: Share;
  /** Share of the CPU work that uses several cores; the rest stops gaining at one vCPU. */
  readonly parallel: Share;
}

/**
 * What a duration measured at `spec.measuredAt` is multiplied by at `memory`; 1 at that size.
 * T(m) = W + K ((1-p) / min(1, v) + p / min(v, cores)) with v vCPUs, divided by T(measuredAt).
 */
export function cpuFactor(value: Pick<MemoryAndCpu, 'perVcpu'>, spec: CpuSpec, memory: number): number {
  const time = (mb: number): number => {
    const vcpu = vcpuAt(value, mb);
    return (1 - spec.parallel) / Math.min(1, vcpu) + spec.parallel / Math.min(vcpu, coresAt(mb));
  };
  return 1 - spec.cpuBound + (spec.cpuBound * time(memory)) / time(spec.measuredAt);
}

/** The factor at `memory` from measured points `[MB, factor]`, memory rising: straight lines in logarithms, flat outside. */
export function tableFactor(points: readonly (readonly [number, number])[], memory: number): number {
  const above = points.findIndex(([mb]) => mb >= memory);
  if (above === 0) return points[0]![1];
  if (above < 0) return points[points.length - 1]![1];
  const [lowMb, low] = points[above - 1]!;
  const [highMb, high] = points[above]!;
  if (highMb === memory) return high;
  const share = Math.log(memory / lowMb) / Math.log(highMb / lowMb);
  return low * (high / low) ** share;
}
