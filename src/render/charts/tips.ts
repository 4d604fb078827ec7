import type { Axes, Layer } from './marks.js';

/** What a mark says under the pointer: fields with their names, in a chart that is interactive. */
export type Tip = readonly (readonly [field: string, title: string, format?: string])[];

/** Adds words under the pointer to a layer; an image has none. */
export const withTip = (axes: Axes, layer: Layer, tip: Tip): Layer =>
  axes.clip
    ? {
        ...layer,
        encoding: {
          ...layer.encoding,
          tooltip: tip.map(([field, title, format]) => ({
            field,
            title,
            ...(format ? { type: 'quantitative', format } : { type: 'nominal' }),
          })),
        },
      }
    : layer;

/**
 * Tells the count that holds wherever the pointer is; nothing is drawn. Takes the data of a layer that draws the count, so that
 * they are there once.
 */
export function readout(axes: Axes, { data }: Layer, tip: Tip): readonly Layer[] {
  if (!axes.clip || !data) return [];
  const layer: Layer = {
    data,
    transform: [{ window: [{ op: 'lead', field: 't', as: 'u' }] }, { filter: 'isValid(datum.u)' }],
    mark: { type: 'rect', fill: 'transparent', clip: true },
    encoding: { x: axes.x({ field: 't' }), x2: { field: 'u' }, y: { value: 0 }, y2: { value: axes.height } },
  };
  return [withTip(axes, layer, tip)];
}
