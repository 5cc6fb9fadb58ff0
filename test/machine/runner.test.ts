import { describe, expect, test } from 'vitest';
import { runHere } from '../../src/machine/runner.ts';

const limits = { seconds: 10, bytes: 1000 };

describe('runHere', () => {
  test('a text has both streams', async () => {
    const { output, outcome } = await runHere(['sh', '-c', 'echo out; echo error >&2'], limits);
    expect(Buffer.from(output).toString().split('\n').sort()).toEqual(['', 'error', 'out']);
    expect(outcome).toBe('exit 0');
  });

  test('packets have nothing among them', async () => {
    const script =
      'echo "listening on tap107i1" >&2; printf "\\324\\303\\262\\241\\0"; echo "5 packets captured" >&2';
    const { output } = await runHere(['sh', '-c', script], limits);
    expect(Buffer.from(output).toString('hex')).toBe('d4c3b2a100');
  });
});
