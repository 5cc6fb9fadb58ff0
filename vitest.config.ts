import { defineConfig } from 'vitest/config';
import { Counts } from './test/counts.ts';

export default defineConfig({
  test: {
    reporters: ['default', new Counts()],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**'],
          testTimeout: 30_000,
          // Everything tested here is pure: files may share what they import, above all the knowledge.
          isolate: false,
        },
      },
      {
        test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 },
      },
    ],
  },
});
