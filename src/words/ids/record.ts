/** What report record says. */
export interface RecordIds {
  'record.none': Record<string, never>;
}
