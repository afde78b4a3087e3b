# What scripts ask of the process that runs them. A program has no arguments, and its environment is empty, so that it does the same everywhere.

"Arguments of the script: none."
const ARGS = String[]
"Variables of the environment: none but those that the program sets."
const ENV = Dict{String,String}()
isinteractive() = false
"Ends the program. Nothing after it runs, not even a `finally`; so the throw is never come to, and only says that there is no value."
exit(code::Integer=0) = (Intrinsics.sys_exit(Int64(code)); throw(__OutsideSubset("A process (`exit`)")))
"Waits so many seconds."
sleep(seconds::Real) = seconds < 0 ? __argument_error("cannot sleep for ", seconds, " seconds") : (__run_waiting(); Intrinsics.sys_sleep(Float64(seconds)))
