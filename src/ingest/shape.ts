/** Says whether data from outside have the form that the program expects. */
export type Shape = (value: unknown) => boolean;

export const text: Shape = (value) => typeof value === 'string';
export const number: Shape = (value) => typeof value === 'number' && Number.isFinite(value);
export const flag: Shape = (value) => typeof value === 'boolean';

export const oneOf =
  (...values: readonly unknown[]): Shape =>
  (value) =>
    values.includes(value);

export const either =
  (...shapes: readonly Shape[]): Shape =>
  (value) =>
    shapes.some((shape) => shape(value));

export const list =
  (of: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every(of);

/** A mapping whose keys are data. */
export const mapping =
  (of: Shape, key: Shape = text): Shape =>
  (value) =>
    isRecord(value) && Object.entries(value).every(([name, item]) => key(name) && of(item));

/** An object with these keys and no others. */
export const closed =
  (required: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>> = {}): Shape =>
  (value) =>
    isRecord(value) &&
    Object.entries(required).every(([name, shape]) => Object.hasOwn(value, name) && shape(value[name])) &&
    Object.entries(value).every(([name, item]) =>
      Object.hasOwn(required, name) ? true : Object.hasOwn(optional, name) && optional[name]!(item),
    );

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
