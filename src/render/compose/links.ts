import type { RunAnalysis } from '../../model/run-analysis.js';
import { runPaths } from '../paths.js';

/** `site`: a page per run. `single`: one file for the screen. `print`: one document for paper, everything open. */
export type Form = 'site' | 'single' | 'print';

/** Where things are, seen from one page. All addresses are relative. */
export interface Links {
  readonly form: Form;
  /** From this page to the output folder: empty or `../../`. */
  readonly root: string;
  /** Address of a run's page or part. */
  run(id: string): string;
  /** The comparison. */
  readonly home: string;
  /** An element's id on this page, unique also where all runs share a page. */
  anchor(name: string): string;
}

/** Folder names of the runs by their ids. */
export function slugsOf(runs: readonly Pick<RunAnalysis, 'id'>[]): ReadonlyMap<string, string> {
  const paths = runPaths(runs.map(({ id }) => id));
  return new Map(runs.map(({ id }, i) => [id, paths[i]!]));
}

/** Links as the comparison's page sees them, or, with `from`, the page of that run. */
export function linksOf(form: Form, slugs: ReadonlyMap<string, string>, from?: string): Links {
  const slug = (id: string): string => slugs.get(id) ?? id;
  if (form !== 'site') {
    return {
      form,
      root: '',
      home: '#top',
      run: (id) => `#run-${slug(id)}`,
      anchor: (name) => (from === undefined ? name : `${slug(from)}--${name}`),
    };
  }
  const root = from === undefined ? '' : '../../';
  return {
    form,
    root,
    home: `${root}index.html`,
    run: (id) => `${root}runs/${slug(id)}/index.html`,
    anchor: (name) => name,
  };
}
