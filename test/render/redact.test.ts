import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inFolder, poolRun, writeFiles } from '../support/run-folder.js';
import { runMain } from '../support/run-main.js';

/** Made-up values that must not be in any output. */
const SECRETS = ['10.0.0.7', '203.0.113.77', '2001:db8::bad', 's3cret', 'hunter2', 'victim.example.org'];

test('no output of a redacted build shows an address or a query value', () =>
  inFolder(async (dir) => {
    const files = poolRun();
    const access = Array.from(
      { length: 30 },
      (_, i) =>
        `203.0.113.77 - - [01/Mar/2026:14:30:${String(i).padStart(2, '0')} +0530] "GET /?id=${i + 1}&token=s3cret HTTP/1.1" 200 5`,
    );
    await writeFiles(join(dir, 'run'), {
      ...files,
      'run.yaml': `${files['run.yaml']}command: serve --peer [2001:db8::bad]:1 http://u:hunter2@x/?k=s3cret\nnotes: asked 203.0.113.77\n`,
      'client.jtl': `${files['client.jtl']}cut http://10.0.0.7/?id=1&token=s3cret\n`,
      'access.log': `${access.join('\n')}\nvictim.example.org - - [01/Mar/2026:14:31:00 +0530] broken /?token=s3cret\n`,
    });
    const out = join(dir, 'out');
    const ran = await runMain([
      'build',
      join(dir, 'run'),
      '-o',
      out,
      '--redact',
      '--format',
      'json,html,md',
      '--quiet',
    ]);
    expect(ran.status, ran.err).toBe(0);
    const written = (await readdir(out, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    for (const { parentPath, path, name } of written) {
      const text = await readFile(join(parentPath ?? path, name), 'latin1');
      for (const secret of SECRETS) expect(text.includes(secret), `${secret} in ${name}`).toBe(false);
    }
    const report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'));
    expect(report.runs[0].setup.notes).toMatch(/^asked client-\d+$/);
    expect(report.runs[0].findings.maxConcurrency.value).toBe(4);
  }));
