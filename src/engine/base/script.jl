# What scripts ask of the process that runs them. A program has no arguments, and its environment is empty, so that it does the same everywhere.

"Arguments of the script: none."
const ARGS = String[]
"Variables of the environment: none but those that the program sets."
const ENV = Dict{String,String}()
isinteractive() = false
"Ends the program. Nothing after it runs, not even a `finally`."
exit(code::Integer=0) = (Intrinsics.sys_exit(Int64(code)); throw(__OutsideSubset("A process (`exit`)")))
"Waits so many seconds."
sleep(seconds::Real) = seconds < 0 ? __argument_error("cannot sleep for ", seconds, " seconds") : Intrinsics.sys_sleep(Float64(seconds))

# ---- Paths, which are texts: none of these looks at the file system.

"The folder in which the program was started."
pwd() = Intrinsics.sys_cwd()
"A path from the root on."
abspath(path::AbstractString) = normpath(isabspath(path) ? path : joinpath(pwd(), path))
abspath(path::AbstractString, rest::AbstractString...) = abspath(joinpath(path, rest...))
"A path without `.`, `..` and doubled separators."
function normpath(path::AbstractString)
    isempty(path) && return "."
    root = isabspath(path)
    kept = String[]
    for part in split(path, '/')
        if part == ".."
            isempty(kept) || last(kept) == ".." ? root || push!(kept, "..") : pop!(kept)
        elseif part != "." && !isempty(part)
            push!(kept, String(part))
        end
    end
    # What ends as a folder stays one.
    folder = !isempty(kept) && last(kept) != ".." && (endswith(path, '/') || endswith(path, "/.") || endswith(path, "/.."))
    text = string(root ? "/" : "", join(kept, "/"), folder ? "/" : "")
    isempty(text) ? "." : text
end
normpath(path::AbstractString, rest::AbstractString...) = normpath(joinpath(path, rest...))
"The parts of a path, the root as one of them."
function splitpath(path::AbstractString)
    isempty(path) && return [""]
    parts = [String(part) for part in split(path, '/') if !isempty(part)]
    isabspath(path) ? pushfirst!(parts, "/") : parts
end
