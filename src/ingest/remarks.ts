/** Files about the run rather than of it: they may lie beside the recordings unrecognised. */
export function isRemark(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /^readme/i.test(name) || /\.md$/i.test(name) || name.startsWith('.');
}
