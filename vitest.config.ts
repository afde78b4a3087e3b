import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { optimiseAfter } from './src/repro/optimiser.ts'

// What most tests run is run a few times, and to optimise it costs more; in the processes of cases the same (src/repro/serve.ts).
optimiseAfter(8)

/** By their sizes, which is all that is known in a first run, the files that take longest would come last, and a processor would wait for them. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => moduleId.includes('/random-programs-')
    return [...sorted.filter(isLong), ...sorted.filter(file => !isLong(file))]
  }
}

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: ['test/property-seed.ts'],
    pool: 'threads',
    // Without this one processor is left idle, which of two is half.
    maxWorkers: '100%',
    isolate: false,
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
  },
})
