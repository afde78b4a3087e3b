/** Property tests draw the same programs in every run, so that a red run is news of the change. Change the seed to hunt for new failures. */
import fc from 'fast-check'

fc.configureGlobal({ seed: 2640 })
