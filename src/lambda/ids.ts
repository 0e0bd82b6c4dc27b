/** Indexes into the tables of a run, branded so that the compiler refuses one for another. */

declare const brand: unique symbol;
type Index<Name extends string> = number & { readonly [brand]: Name };

export type FunctionId = Index<'FunctionId'>;
export type InvocationId = Index<'InvocationId'>;
export type EnvironmentId = Index<'EnvironmentId'>;
/** What began an invocation and hears how it ended: the traffics first, then whatever else invokes. */
export type InvokerId = Index<'InvokerId'>;
/** Position among the resources of a scenario, in the order of src/scenario/resource-figures.ts. */
export type ResourceId = Index<'ResourceId'>;

export const NONE: -1 = -1;
/** The invocation goes on, but nobody waits for it any more. */
export const NOBODY = -1 as InvokerId;
