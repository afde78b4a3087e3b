import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: ['test/property-seed.ts'],
    pool: 'threads',
    // Without this one processor is left idle, which of two is half.
    maxWorkers: '100%',
    isolate: false,
    testTimeout: 120_000,
  },
})
