/** What the readers of client samples say of lines that they could not use. */
export interface ClientIds {
  'client.none': Record<string, never>;
}
