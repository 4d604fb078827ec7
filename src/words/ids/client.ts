/** What the readers of client samples say of lines that they could not use. */
export interface ClientIds {
  'client.cut': { fields: number; width: number };
  'client.noSuccess': Record<string, never>;
}
