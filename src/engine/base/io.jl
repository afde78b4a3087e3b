# Printing. How values look is the runtime's knowledge; here is where the text goes.

"The program's standard output."
struct Stdout <: IO end
const stdout = Stdout()
"Messages, which are not part of the output."
struct Stderr <: IO end
const stderr = Stderr()
struct DevNull <: IO end
const devnull = DevNull()
"Text collected in memory."
mutable struct IOBuffer <: IO
    text::String
end
IOBuffer() = IOBuffer("")
"A stream with display properties, which are not used."
struct IOContext{T<:IO} <: IO
    io::T
end
IOContext(io::IO, properties...) = IOContext{typeof(io)}(io)
get(io::IO, key::Symbol, default) = default

write(::Stdout, s::String) = (Intrinsics.str_print(s); ncodeunits(s))
write(::Stderr, s::String) = 0
write(::DevNull, s::String) = 0
write(io::IOBuffer, s::String) = (io.text = string(io.text, s); ncodeunits(s))
write(io::IOContext, s::String) = write(io.io, s)
write(io::IO, x) = write(io, string(x))
take!(io::IOBuffer) = (s = io.text; io.text = ""; s)
flush(io::IO) = nothing
close(io::IO) = nothing

print(xs...) = (__print_each(stdout, xs); nothing)
print(io::IO, xs...) = (__print_each(io, xs); nothing)
println(xs...) = (__print_each(stdout, xs); write(stdout, "\n"); nothing)
println(io::IO, xs...) = (__print_each(io, xs); write(io, "\n"); nothing)
__print_each(io, ::Tuple{}) = nothing
__print_each(io, xs::Tuple) = (write(io, string(__tuple_get(xs, 1))); __print_each(io, tail(xs)))
printstyled(xs...; kws...) = print(xs...)
show(x) = show(stdout, x)
show(io::IO, x) = (write(io, Intrinsics.any_repr(x)); nothing)
show(io::IO, mime, x) = (write(io, Intrinsics.any_display(x)); nothing)
repr(x) = Intrinsics.any_repr(x)
display(x) = (write(stdout, Intrinsics.any_display(x)); write(stdout, "\n"); nothing)
dump(x) = println(repr(x))
summary(a::AbstractArray) = string(__summary_size(size(a)), " ", typeof(a))
summary(x) = string(typeof(x))
__summary_size(s::Tuple{Int64}) = string(__tuple_get(s, 1), "-element")
__summary_size(s::Tuple) = join(s, "×")
"What `f(io, xs...)` writes, as a string."
function sprint(f, xs...; context=nothing, sizehint=0)
    io = IOBuffer()
    f(io, xs...)
    take!(io)
end
"A value that prints as itself, without quotes."
struct Text
    content::String
end

time() = Intrinsics.time_now()
time_ns() = UInt64(floor(Int64, Intrinsics.time_now() * 1.0e9))

"The message of an error, as it is shown."
showerror(io::IO, e) = (write(io, __error_text(e)); nothing)
__error_text(e) = string(typeof(e))
__error_text(e::ErrorException) = e.msg
__error_text(e::ArgumentError) = string("ArgumentError: ", e.msg)
__error_text(e::DimensionMismatch) = string("DimensionMismatch: ", e.msg)
__error_text(e::OverflowError) = string("OverflowError: ", e.msg)
__error_text(e::AssertionError) = string("AssertionError: ", e.msg)
__error_text(e::DomainError) = e.msg === nothing ? string("DomainError with ", e.val) : string("DomainError with ", e.val, ":\n", e.msg)
__error_text(e::DivideError) = "DivideError: integer division error"
__error_text(e::KeyError) = string("KeyError: key ", repr(e.key), " not found")
__error_text(e::UndefVarError) = string("UndefVarError: `", e.var, "` not defined")
__error_text(e::InexactError) = string("InexactError: ", e.func, "(", e.T, ", ", repr(e.val), ")")
__error_text(e::StackOverflowError) = "StackOverflowError:"
