/** Which init is billed on the scenario's day, and how time is rounded. */
import { type BilledDuration, billedDuration } from '../rules/billed-duration.js';
import { billedInit, initKindOf, isInitBilled } from '../rules/billed-init.js';
import { isCustomRuntime } from '../rules/init-duration.js';
import type { Rulebook } from '../rules/rulebook.js';
import type { LambdaFunctionSettings } from '../scenario/types.js';

export class InitBilling {
  readonly duration: BilledDuration;
  readonly billsAbortedInit: boolean;
  readonly billsProvisionedInit: boolean;
  private readonly bills: Uint8Array;

  constructor(functions: readonly LambdaFunctionSettings[], rules: Rulebook) {
    const rule = rules.value(billedInit);
    this.duration = rules.value(billedDuration);
    this.billsAbortedInit = rule.aborted;
    this.billsProvisionedInit = rule.provisioned;
    this.bills = Uint8Array.from(functions, (fn) => {
      // Of a snapshot only the time after its restore is billed, in every era.
      if (fn.snapStart !== undefined) return 1;
      return Number(isInitBilled(rule, initKindOf(fn.packageType, isCustomRuntime(fn.runtime))));
    });
  }

  /** Whether the init of a function's cold starts is billed. */
  billsInit(fn: number): boolean {
    return this.bills[fn] === 1;
  }
}
