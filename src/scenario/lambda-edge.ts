/** Which functions run at the edge: those that CloudFront calls. A function's usage is not split by caller, so all of its calls are. */
import type { Scenario } from './types.js';

export function runsAtEdge(id: string, traffic: Scenario['traffic']): boolean {
  return traffic.some(({ to, via }) => to === id && via === 'lambda-edge');
}
