/** Typed columns that grow: the tables of a run double their capacity and keep what they hold. */

export type Column = Int32Array | Uint8Array | Float64Array;

/** The column at another, larger capacity; new places hold 0. */
export function widened<A extends Column>(column: A, capacity: number): A {
  const wider = new (column.constructor as new (length: number) => A)(capacity);
  wider.set(column);
  return wider;
}
