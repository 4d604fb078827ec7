import { describe, expect, it } from 'vitest';
import { listProcesses, type ProcessRow, ProcessTree, parseProcStat, parsePs } from '../../src/record/processes.js';

const row = (pid: number, ppid: number, group: number, started = '1', dead = false): ProcessRow => ({
  pid,
  ppid,
  groups: [group],
  started,
  dead,
});

/** A tree that sees the given lists one after the other. */
function treeOf(root: number, ...lists: readonly (readonly ProcessRow[])[]): ProcessTree {
  let at = 0;
  return new ProcessTree(root, async () => lists[Math.min(at++, lists.length - 1)]!);
}

describe('ProcessTree', () => {
  it('holds descendants and the group, and nobody else', async () => {
    const tree = treeOf(10, [
      row(1, 0, 1),
      row(10, 5, 10),
      row(11, 10, 10),
      row(12, 11, 99),
      row(13, 1, 10),
      row(14, 1, 14),
    ]);
    expect(await tree.alive()).toEqual([10, 11, 12, 13]);
  });

  it('keeps a descendant whose parent has ended, though it left the group', async () => {
    const tree = treeOf(10, [row(10, 5, 10), row(11, 10, 11)], [row(11, 1, 11)]);
    await tree.alive();
    expect(await tree.alive()).toEqual([11]);
  });

  it('does not take a stranger for its own who was given a number anew', async () => {
    const before = [row(10, 5, 10), row(11, 10, 11)];
    const after = [row(10, 1, 10, '2'), row(11, 1, 11, '2'), row(15, 10, 10, '2')];
    const tree = treeOf(10, before, after);
    await tree.alive();
    expect(await tree.alive()).toEqual([]);
  });

  it('counts the dead as ended', async () => {
    expect(await treeOf(10, [row(10, 5, 10, '1', true)]).alive()).toEqual([]);
    expect(await treeOf(10, [row(10, 5, 10, '1', true)]).stop()).toBe('had-ended');
  });
});

describe('process lists', () => {
  it('reads /proc/<pid>/stat, whatever the name holds', () => {
    const text = '17514 (a (b) c) S 17510 17509 17508 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 11 0 987654 1 2';
    expect(parseProcStat(text)).toEqual({
      pid: 17514,
      ppid: 17510,
      groups: [17509, 17508],
      started: '987654',
      dead: false,
    });
    expect(parseProcStat('')).toBeUndefined();
  });

  it('reads ps', () => {
    expect(
      parsePs('  501     1   501 Ss   Mon Nov 23 15:45:08 2026\n  502   501   501 Z    Mon Nov 23 15:45:09 2026    \n'),
    ).toEqual([
      { pid: 501, ppid: 1, groups: [501], started: 'Mon Nov 23 15:45:08 2026', dead: false },
      { pid: 502, ppid: 501, groups: [501], started: 'Mon Nov 23 15:45:09 2026', dead: true },
    ]);
  });

  it.skipIf(process.platform === 'win32')('finds this very process', async () => {
    const own = (await listProcesses()).find(({ pid }) => pid === process.pid);
    expect(own).toMatchObject({ ppid: process.ppid, dead: false });
  });
});
