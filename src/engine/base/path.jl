# Paths, which are texts: none of these looks at the file system.

"The parts of a path put together; an absolute one begins anew."
joinpath(path::AbstractString) = string(path)
joinpath(a::AbstractString, b::AbstractString) = isabspath(b) || isempty(a) ? string(b) : endswith(a, '/') ? string(a, b) : string(a, "/", b)
joinpath(a::AbstractString, b::AbstractString, rest::AbstractString...) = joinpath(joinpath(a, b), rest...)
isabspath(path::AbstractString) = startswith(path, '/')
"The folder of a path and what is in it."
function splitdir(path::AbstractString)
    at = findlast('/', path)
    at === nothing && return ("", string(path))
    folder = rstrip(path[1:at], '/')
    (isempty(folder) ? "/" : string(folder), string(SubString(path, at + 1)))
end
dirname(path::AbstractString) = splitdir(path)[1]
basename(path::AbstractString) = splitdir(path)[2]
"A path without its extension, and that with its dot."
function splitext(path::AbstractString)
    name = basename(path)
    at = findlast('.', name)
    (at === nothing || at == 1) && return (string(path), "")
    ending = string(SubString(name, at))
    (string(chop(path; tail=length(ending))), ending)
end
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
