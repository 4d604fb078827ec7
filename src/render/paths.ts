/**
 * Names of the runs in paths and URLs, in the runs' order: anything but letters, digits, `.`, `_`, `-` becomes `-`; a name that
 * another run has (on a file system that does not tell cases apart) gets a number. The run `a b` is at `runs/a-b/`.
 */
export function runPaths(ids: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return ids.map((id) => {
    const name = pathName(id);
    let path = name;
    for (let n = 2; taken.has(path.toLowerCase()); n++) path = `${name}-${n}`;
    taken.add(path.toLowerCase());
    return path;
  });
}

/** A name of dots alone would be a folder above. */
function pathName(id: string): string {
  const name = id.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^\.+$/, '-');
  return name === '' ? 'run' : name;
}
