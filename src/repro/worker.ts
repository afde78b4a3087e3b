/** The process in which one program runs, started from nothing. */
import { serve } from './serve.ts'

serve(null)
