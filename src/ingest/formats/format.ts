import type { Reading } from '../../model/reading.js';
import type { RequestIds } from '../../model/request-ids.js';
import type { RunFile } from '../../model/run-file.js';
import type { SourceKind } from '../../model/source.js';
import type { InputFile } from '../text/input-file.js';
import type { RequestIdFinder } from '../text/request-id.js';

/** The beginning of a file, decompressed and decoded. */
export interface Head {
  /** File name without folders. */
  readonly name: string;
  /** At most 64 KiB of text; the last line may be cut. */
  readonly text: string;
  /** The lines of `text`, without line ends. */
  readonly lines: readonly string[];
  /** The head is the whole file. */
  readonly complete: boolean;
  /** What the file is by its first bytes, where that is nothing that can be read. */
  readonly packedAs?: string;
}

/**
 * How sure a format is that a file is its own; `refused` names the look-alike that it is instead. `alone`: nothing else begins like
 * this, so that no other format need be asked.
 */
export type Recognition =
  | { readonly certainty: 'certain'; readonly alone?: boolean }
  | { readonly certainty: 'likely' | 'no' }
  | { readonly certainty: 'refused'; readonly as: string };

/** From when until when a request was the client's, EpochMs by its clock, and whether it had its answer then. */
export interface ClientTime {
  readonly from: number;
  readonly until: number;
  readonly answered: boolean;
}

/** What readers may know of the run when a file is read. */
export interface RunContext {
  readonly runFile: RunFile;
  readonly ids: RequestIds;
  readonly requestId: RequestIdFinder;
  /** Ports that the server may listen on: from the option, run.yaml or the client samples; empty if unknown. */
  readonly ports: ReadonlySet<number>;
  /** What told them; absent if nothing did. */
  readonly portsFrom?: 'option' | 'run-file' | 'client-samples';
  /** Ids of the client's requests, once its samples have been read. */
  readonly clientIds?: () => ReadonlySet<number>;
  /** How long clients waited for the answers that they got, by request id, the longest of each, ms; those without an id as one. */
  readonly clientElapsed?: () => ReadonlyMap<number, number>;
  /** When the client sent requests and had their answers or gave up, by id, if it sent that one once. */
  readonly clientTimes?: () => ReadonlyMap<number, ClientTime>;
  /** The same of each request, with an id or without. */
  readonly clientWaits?: () => readonly number[];
  /** How many requests the client sent that may have reached the server. */
  readonly clientSent?: () => number;
}

/**
 * A kind of input file. `recognise` looks at the head only and is cheap; `read` streams the file once and gives back its
 * facts with a ledger whose counts add up to the physical lines.
 */
export interface Format {
  readonly id: string;
  readonly kind: SourceKind;
  recognise(head: Head): Recognition;
  /** @throws nothing for bad content (that is counted); only I/O errors. */
  read(file: InputFile, context: RunContext): Promise<Reading>;
}
