/** The pipeline of tests: everything is verified, after every stage and every pass. */
import { workingsUnder } from './faults.ts'
import { Pipeline } from './pipeline.ts'

export function testPipeline(recordTest: (status: string) => void = () => {}): Pipeline {
  return new Pipeline({ profile: 'none', write: () => {}, interpret: false, verify: true, recordTest, workings: workingsUnder(null) })
}
