import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { collectFacts, parseProcLimits } from '../../src/record/facts.js';
import { toYaml } from '../../src/record/run-yaml.js';
import { isoWithZone, parseDuration } from '../../src/record/time.js';

describe('toYaml', () => {
  it('is read back as what was written', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.boolean(),
      fc.constantFrom('yes', '1', 'a: b', '# c', '- d', 'a #b'),
    );
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ minLength: 1 }), value),
        fc.dictionary(fc.string({ minLength: 1 }), value),
        (outer, inner) => {
          const whole = Object.keys(inner).length > 0 ? { ...outer, 'the inner': inner } : { ...outer };
          expect(parse(toYaml(whole)) ?? {}).toEqual({ ...whole });
        },
      ),
    );
  });

  it('leaves out what is not known', () => {
    expect(
      toYaml({ title: undefined, port: 8080, limits: { nofile: undefined }, recorded: { by: 'x', end: undefined } }),
    ).toBe('port: 8080\nrecorded:\n  by: x\n');
  });
});

describe('parseProcLimits', () => {
  it('takes the soft limits', () => {
    const text = `Limit                     Soft Limit           Hard Limit           Units
Max processes             unlimited            96365                processes
Max open files            256                  524288               files
`;
    expect(parseProcLimits(text)).toEqual({ nofile: 256, nproc: 'unlimited' });
  });
});

describe('time', () => {
  it('writes times that are read back to the millisecond', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1980-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (date) => {
          expect(Date.parse(isoWithZone(date))).toBe(date.getTime());
        },
      ),
    );
  });

  it('reads durations', () => {
    expect(['1s', '500ms', '1.5m', '2h', '90', ' 3 s '].map(parseDuration)).toEqual([
      1000, 500, 90_000, 7_200_000, 90_000, 3000,
    ]);
    expect(['', '0', '0s', '-1s', '1 day', 's', '1e3'].map(parseDuration)).toEqual(Array(7).fill(undefined));
  });
});

describe('collectFacts', () => {
  it("takes the recorder's own limits where the server has inherited them, and not where its command sets others", async () => {
    const limitsOf = async (server: readonly string[]) => (await collectFacts(undefined, server, [])).nofile;
    expect(await limitsOf(['my-server'])).toBeDefined();
    expect(await limitsOf(['sh', '-c', 'ulimit -n 256 && exec my-server'])).toBeUndefined();
    expect(await limitsOf(['/usr/bin/prlimit', '--nofile=256', 'my-server'])).toBeUndefined();
    expect(await limitsOf([])).toBeUndefined();
  });
});
