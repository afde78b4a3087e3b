# Printing. How values look is the runtime's knowledge; here is where the text goes.

"The program's standard output."
struct Stdout <: IO end
const stdout = Stdout()
"Messages, which are not part of the output."
struct Stderr <: IO end
const stderr = Stderr()
struct DevNull <: IO end
const devnull = DevNull()
"Text in memory, and how many characters of it have been read: -1 while it is only written."
mutable struct IOBuffer <: IO
    text::String
    read::Int64
end
"A stream with display properties, `IOContext(io, :compact => true)`."
struct IOContext{T<:IO,P<:Tuple} <: IO
    io::T
    properties::P
end
IOContext(io::IO, properties::Pair...) = IOContext{typeof(io),typeof(properties)}(io, properties)
IOContext(io::IOContext, properties::Pair...) = IOContext(io.io, properties..., io.properties...)
IOContext(io::IO, other::IOContext) = IOContext(io, other.properties...)
# A stream without properties has none to give.
IOContext(io::IO, ::IO) = IOContext(io)
IOContext(io::IOContext, ::IO) = io
"A display property of a stream."
get(io::IO, key::Symbol, default) = default
function get(io::IOContext, key::Symbol, default)
    for p in io.properties
        p.first === key && return p.second
    end
    default
end
haskey(io::IO, key::Symbol) = false
haskey(io::IOContext, key::Symbol) = any(p -> p.first === key, io.properties)
getindex(io::IOContext, key::Symbol) = haskey(io, key) ? get(io, key, nothing) : throw(KeyError(key))
displaysize(io::IO) = (24, 80)
displaysize(io::IOContext) = (s = get(io, :displaysize, nothing); s isa Tuple{Int64,Int64} ? s : displaysize(io.io))
displaysize() = (24, 80)

"A form of output, `MIME\"text/plain\"`."
struct MIME{name} end
function MIME(name::AbstractString)
    name == "text/plain" && return MIME"text/plain"()
    name == "text/html" && return MIME"text/html"()
    name == "text/latex" && return MIME"text/latex"()
    name == "text/markdown" && return MIME"text/markdown"()
    __argument_error("MIME type ", name, " is not supported")
end
MIME(name::Symbol) = MIME(String(name))
string(::MIME{name}) where {name} = string(name)
istextmime(m) = startswith(string(m), "text/")

"Where `stdout` and `stderr` go: 1 and 2 are the process's own, 0 is nowhere."
const __out, __err = Ref(1), Ref(2)
"What is written to `stderr` while something keeps it."
const __kept_messages = Ref{Any}(nothing)
__to(where::Int64, s) = where == 1 ? Intrinsics.str_print(s) : where == 2 ? __to_messages(s) : nothing
function __to_messages(s)
    kept = __kept_messages[]
    kept === nothing || push!(kept, s)
    nothing
end
write(::Stdout, s::String) = (__to(__out[], s); ncodeunits(s))
write(::Stderr, s::String) = (__to(__err[], s); ncodeunits(s))
"Where log messages go: beside the output, unless `stderr` is redirected."
struct __Console <: IO end
write(::__Console, s::String) = (__err[] == 0 || Intrinsics.str_print(s); ncodeunits(s))
write(::DevNull, s::String) = ncodeunits(s)
"`redirect_stdout` and its kin: only the streams that there are can take another's place."
struct RedirectStdStream <: Function
    unix_fd::Int64
    writable::Bool
end
const redirect_stdout = RedirectStdStream(1, true)
const redirect_stderr = RedirectStdStream(2, true)
__standard(fd) = fd == 1 ? __out : __err
__number(::Stdout) = __out[]
__number(::Stderr) = __err[]
__number(::DevNull) = 0
(r::RedirectStdStream)(io::Union{Stdout,Stderr,DevNull}) = (__standard(r.unix_fd)[] = __number(io); io)
(r::RedirectStdStream)(io::IOContext) = (r(io.io); io)
(r::RedirectStdStream)() = throw(__OutsideSubset("A pipe (`redirect_$(r.unix_fd == 1 ? "stdout" : "stderr")()`)"))
(r::RedirectStdStream)(path::AbstractString) = __of_files(r.unix_fd == 1 ? "redirect_stdout" : "redirect_stderr")
"Both at once."
function redirect_stdio(; stdin=nothing, stderr=nothing, stdout=nothing)
    stdin === nothing || throw(__OutsideSubset("Standard input (`redirect_stdio`)"))
    stderr === nothing || redirect_stderr(stderr)
    stdout === nothing || redirect_stdout(stdout)
    nothing
end
function redirect_stdio(f; streams...)
    before = (__out[], __err[])
    redirect_stdio(; streams...)
    try
        f()
    finally
        __out[], __err[] = before
    end
end
function (r::RedirectStdStream)(f::Function, io)
    before = __standard(r.unix_fd)[]
    r(io)
    try
        f()
    finally
        __standard(r.unix_fd)[] = before
    end
end
function write(io::IOBuffer, s::String)
    if io.read < 0
        io.text = string(io.text, s)
    else
        io.text = string(Intrinsics.str_slice(io.text, 0, io.read), s, Intrinsics.str_slice(io.text, min(length(io.text), io.read + length(s)), length(io.text)))
        io.read += length(s)
    end
    ncodeunits(s)
end
write(io::IOContext, s::String) = write(io.io, s)
write(io::IO, x::Union{AbstractString,AbstractChar,Symbol}) = write(io, string(x))
"The bytes of a number, which must be text: streams hold nothing else."
write(io::IO, x::Integer) = write(io, UInt8[(x >> 8k) % UInt8 for k in 0:sizeof(x)-1])
write(io::IO, x::Number) = throw(__OutsideSubset("Writing the bytes of a `$(typeof(x))`"))
write(io::IO, x::BigInt) = invoke(write, Tuple{IO,Number}, io, x)
function write(io::IO, bytes::AbstractVector{UInt8})
    isvalid(String, bytes) || throw(__OutsideSubset("Writing bytes that are no text"))
    write(io, String(copy(bytes)))
end
write(::DevNull, bytes::AbstractVector{UInt8}) = length(bytes)
write(io::IO, a::AbstractArray) = sum(x -> write(io, x), a; init=0)
write(io::IO, x, y, more...) = write(io, x) + write(io, y, more...)
__take_text!(io::IOBuffer) = (s = io.text; io.text = ""; io.read = -1; s)
take!(io::IOBuffer) = Array{UInt8,1}(__take_text!(io))
flush(io::IO) = nothing
close(io::IO) = nothing

print(xs...) = (__print_each(stdout, xs); nothing)
print(io::IO, xs...) = (__print_each(io, xs); nothing)
println(xs...) = (__print_each(stdout, xs); write(stdout, "\n"); nothing)
println(io::IO, xs...) = (__print_each(io, xs); write(io, "\n"); nothing)
__print_each(io, ::Tuple{}) = nothing
__print_each(io, xs::Tuple) = (__print_one(io, __tuple_get(xs, 1)); __print_each(io, tail(xs)))
__print_one(io, x) = write(io, string(x))
__print_one(io::IOContext, x::Union{Float64,Complex,AbstractArray,Tuple,NamedTuple,AbstractDict,AbstractSet}) = show(io, x)
printstyled(xs...; kws...) = print(xs...)
show(x) = show(stdout, x)
show(io::IO, x) = (write(io, __text_in(io, x, false)); nothing)
"The text of a value on a stream: its properties may ask for a compact form, and for no more than fits."
__text_in(io::IO, x, plain) = plain ? Intrinsics.any_display(x) : Intrinsics.any_repr(x)
function __text_in(io::IOContext, x, plain)
    rows, columns = get(io, :limit, false) === true ? displaysize(io) : (0, 0)
    Intrinsics.any_shown(x, plain, get(io, :compact, false) === true, rows, columns)
end
show(io::IO, mime::MIME, x) = show(io, x)
show(io::IO, mime::MIME"text/plain", x) = (write(io, __text_in(io, x, true)); nothing)
show(io::IO, mime::AbstractString, x) = show(io, MIME(mime), x)
repr(x; context=nothing) = context === nothing ? Intrinsics.any_repr(x) : sprint(show, x; context)
repr(mime, x; context=nothing) = sprint(show, mime isa MIME ? mime : MIME(mime), x; context)
display(mime, x) = (show(stdout, mime isa MIME ? mime : MIME(mime), x); write(stdout, "\n"); nothing)
show(io::IO, ::MIME"text/plain", r::LinRange) =
    print(io, length(r), "-element ", typeof(r), isempty(r) ? "" : ":\n " * join(collect(r), ", "))
show(io::IO, s::Some) = print(io, "Some(", repr(s.value), ")")
function display(x)
    show(IOContext(stdout, :limit => true), MIME"text/plain"(), x)
    write(stdout, "\n")
    nothing
end
"Writes a value with its fields, down to `maxdepth` levels."
dump(x; maxdepth=8) = dump(stdout, x; maxdepth)
dump(io::IO, x; maxdepth=8) = (__dump(io, x, maxdepth, ""); println(io))
function __dump(io::IO, x, left, indent)
    T = typeof(x)
    print(io, T)
    __dump_rest(io, x, left, indent)
end
__dump_rest(io::IO, x::Union{Number,AbstractString,AbstractChar,Nothing,Missing}, left, indent) = print(io, " ", repr(x))
__dump_rest(io::IO, x::Symbol, left, indent) = print(io, " ", x)
function __dump_rest(io::IO, x, left, indent)
    fieldcount(typeof(x)) == 0 && return print(io, " ", repr(x))
    left > 0 || return nothing
    for name in fieldnames(typeof(x))
        print(io, "\n", indent, "  ", name, ": ")
        isdefined(x, name) ? __dump(io, getfield(x, name), left - 1, string(indent, "  ")) : print(io, "#undef")
    end
end
__dump(io::IO, f::Function, left, indent) = print(io, f, " (function of type ", typeof(f), ")")
__dump(io::IO, T::Type, left, indent) = print(io, T isa DataType ? T : typeof(T), T isa DataType ? " <: " : " ", T isa DataType ? supertype(T) : T)
function __dump(io::IO, a::Array, left, indent)
    print(io, "Array{", eltype(a), "}(", size(a), ")")
    isempty(a) && return nothing
    isbitstype(eltype(a)) && return print(io, " ", repr(a))
    left > 0 || return nothing
    for k in 1:length(a)
        print(io, "\n", indent, "  ", k, ": ")
        isassigned(a, k) ? __dump(io, a[k], left - 1, string(indent, "  ")) : print(io, "#undef")
    end
end
show(io::IO, s::Splat) = print(io, "splat(", repr(s.f), ")")
show(io::IO, c::ComposedFunction{typeof(!)}) = print(io, "!", repr(c.inner))
show(io::IO, c::ComposedFunction) = print(io, repr(c.outer), " ∘ ", repr(c.inner))
show(io::IO, s::SkipMissing) = print(io, "skipmissing(", repr(s.x), ")")
show(io::IO, ::MIME{name}) where {name} = print(io, "MIME type ", name)
show(io::IO, ::MIME"text/plain", c::CartesianIndices) = print(io, repr(c))
show(io::IO, z::Iterators.Zip) = print(io, "zip(", join(map(repr, z.iters), ", "), ")")
"What is said of a thing in one line; a program gives its types a method that writes."
summary(x) = sprint(summary, x)
summary(io::IO, x) = __summary(io, x)
__summary(io, a::AbstractArray) = print(io, __summary_size(size(a)), " ", sprint(showarg, a, true))
__summary(io, x) = print(io, typeof(x))
__summary(io, s::AbstractString) = print(io, ncodeunits(s), "-codeunit ", typeof(s))
__summary(io, x::AbstractDict) = print(io, typeof(x), " with ", length(x), length(x) == 1 ? " entry" : " entries")
__summary(io, x::Set) = print(io, typeof(x), " with ", length(x), length(x) == 1 ? " element" : " elements")
showarg(io::IO, x, toplevel) = toplevel ? print(io, typeof(x)) : print(io, "::", typeof(x))
"A view by what it is a view of, and a transposed or reshaped array likewise."
__shown_parent(io, name, a, rest, toplevel) = print(io, name, "(", sprint(showarg, a, false), rest, ")", toplevel ? string(" with eltype ", eltype(a)) : "")
showarg(io::IO, v::SubArray, toplevel) = __shown_parent(io, "view", parent(v), join(map(i -> string(", ", i isa Slice ? ":" : repr(i)), parentindices(v))), toplevel)
showarg(io::IO, a::Adjoint, toplevel) = __shown_parent(io, "adjoint", parent(a), "", toplevel)
showarg(io::IO, a::Transpose, toplevel) = __shown_parent(io, "transpose", parent(a), "", toplevel)
showarg(io::IO, a::ReshapedArray, toplevel) = __shown_parent(io, "reshape", parent(a), join(map(n -> string(", ", n), size(a))), toplevel)
showarg(io::IO, a::PermutedDimsArray{T,N,perm}, toplevel) where {T,N,perm} = __shown_parent(io, "PermutedDimsArray", parent(a), string(", ", perm), toplevel)
__summary_size(s::Tuple{Int64}) = string(__tuple_get(s, 1), "-element")
__summary_size(s::Tuple) = join(s, "×")
"What `f(io, xs...)` writes, as a string."
function sprint(f, xs...; context=nothing, sizehint=0)
    io = IOBuffer()
    __in_context(f, io, context, xs...)
    __take_text!(io)
end
dims2string(s::Tuple) = isempty(s) ? "0-dimensional" : __summary_size(s)
"The text of an element beside others."
__sprint_compact(f, xs...) = sprint(f, xs...; context=:compact => true)
__in_context(f, io, ::Nothing, xs...) = f(io, xs...)
__in_context(f, io, context::Union{Pair,IO}, xs...) = f(IOContext(io, context), xs...)
__in_context(f, io, context::Tuple, xs...) = f(IOContext(io, context...), xs...)
"A value that prints as itself, without quotes; what writes to a stream prints what it writes."
mutable struct Text{T}
    content::T
end
"What is shown as it stands where HTML is shown."
mutable struct HTML{T}
    content::T
end
HTML(xs...) = HTML(io -> foreach(x -> show(io, MIME"text/html"(), x), xs))
print(io::IO, t::Text) = print(io, t.content)
print(io::IO, t::Text{<:Function}) = t.content(io)
string(t::Text) = sprint(print, t)
show(io::IO, t::Text) = print(io, t)
show(io::IO, ::MIME"text/html", h::HTML) = print(io, h.content)
show(io::IO, ::MIME"text/html", h::HTML{<:Function}) = h.content(io)
==(a::T, b::T) where {T<:Union{HTML,Text}} = a.content == b.content
hash(t::T, h::UInt64) where {T<:Union{HTML,Text}} = hash(T, hash(t.content, h))

time() = Intrinsics.time_now()
"Nanoseconds since the process began."
time_ns() = UInt64(round(Int64, Intrinsics.time_elapsed() * 1.0e9))

"Seconds with six decimals."
function __in_microseconds(seconds)
    n = round(Int64, seconds * 1.0e6)
    string(n ÷ 1000000, ".", lpad(n % 1000000, 6, '0'))
end

"The message of an error, as it is shown."
showerror(io::IO, e) = (write(io, Intrinsics.any_showerror(e)); nothing)
showerror(io::IO, e, backtrace; kws...) = showerror(io, e)
rethrow(e) = throw(e)
"Where an error was thrown; stacks are shown by the engine itself, so it is empty."
backtrace() = Any[]
catch_backtrace() = Any[]
stacktrace(xs...) = Any[]
current_exceptions() = Any[]

function VersionNumber(text::__Text)
    m = match(r"^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-((?:[0-9a-z-]+\.)*[0-9a-z-]+)?)?(-)?(?:\+((?:[0-9a-z-]+\.)*[0-9a-z-]+)?)?(\+)?$"i, text)
    m === nothing && __argument_error("invalid version string: ", text)
    number(k) = m[k] === nothing ? 0 : parse(Int64, m[k])
    lowest = m[4] === nothing && occursin('-', text)
    VersionNumber(number(1), number(2), number(3), lowest ? ("",) : __version_parts(m[4]), __version_parts(m[6]))
end
tryparse(::Type{VersionNumber}, text::__Text; options...) = try VersionNumber(text) catch; nothing end
VersionNumber(v::VersionNumber) = v
__version_parts(::Nothing) = ()
__version_parts(text) = Tuple(map(part -> all(isdigit, part) ? parse(Int64, part) : String(part), split(text, '.')))
"A version shows as a literal, and prints without the quotes."
print(io::IO, v::VersionNumber) = print(io, string(v))
string(v::VersionNumber) = string(v.major, ".", v.minor, ".", v.patch, __joined_parts("-", v.prerelease), __joined_parts("+", v.build))
show(io::IO, v::VersionNumber) = print(io, "v\"", string(v), "\"")
__joined_parts(sign, parts) = isempty(parts) ? "" : string(sign, join(parts, "."))
==(a::VersionNumber, b::VersionNumber) = (a.major, a.minor, a.patch) == (b.major, b.minor, b.patch) && a.prerelease == b.prerelease && a.build == b.build
function isless(a::VersionNumber, b::VersionNumber)
    x, y = (a.major, a.minor, a.patch), (b.major, b.minor, b.patch)
    x == y || return x < y
    # A version comes after its prereleases and before its builds.
    isempty(a.prerelease) == isempty(b.prerelease) || return isempty(b.prerelease)
    order = __order_of_parts(a.prerelease, b.prerelease)
    order == 0 ? __order_of_parts(a.build, b.build) < 0 : order < 0
end
function __order_of_parts(a::Tuple, b::Tuple)
    for k in 1:min(length(a), length(b))
        x, y = a[k], b[k]
        isequal(x, y) && continue
        return (x isa Int64 ? (y isa Int64 ? x < y : y != "") : (y isa Int64 ? x == "" : isless(x, y))) ? -1 : 1
    end
    cmp(length(a), length(b))
end
hash(v::VersionNumber, h::UInt64) = hash(string(v), h)
