# The type hierarchy and the small structs that everything else is written in. Any, Union, Type, Tuple, NamedTuple, Array,
# Function and Nothing are built into the compiler.

abstract type Number end
abstract type Real <: Number end
abstract type AbstractFloat <: Real end
abstract type Integer <: Real end
abstract type Signed <: Integer end
abstract type Unsigned <: Integer end
abstract type AbstractIrrational <: Real end

primitive type Float64 <: AbstractFloat 64 end
primitive type Float32 <: AbstractFloat 32 end
primitive type Float16 <: AbstractFloat 16 end
primitive type Int64 <: Signed 64 end
primitive type Int32 <: Signed 32 end
primitive type Int16 <: Signed 16 end
primitive type Int8 <: Signed 8 end
struct UInt64 <: Unsigned
    high::Int64
    low::Int64
end
primitive type UInt32 <: Unsigned 32 end
primitive type UInt16 <: Unsigned 16 end
primitive type UInt8 <: Unsigned 8 end
primitive type Bool <: Integer 8 end

const Int = Int64
const UInt = UInt64

abstract type AbstractChar end
primitive type Char <: AbstractChar 32 end
abstract type AbstractString end
primitive type String <: AbstractString 8 end
"A part of a string. It is held as text of its own, which shares memory with what it was cut from."
primitive type SubString{T<:AbstractString} <: AbstractString 8 end
const __Text = Union{String,SubString{String}}
primitive type Symbol 8 end

abstract type AbstractArray{T,N} end
abstract type DenseArray{T,N} <: AbstractArray{T,N} end
const AbstractVector{T} = AbstractArray{T,1}
const AbstractMatrix{T} = AbstractArray{T,2}
const AbstractVecOrMat{T} = Union{AbstractArray{T,1},AbstractArray{T,2}}
const DenseVector{T} = DenseArray{T,1}
const DenseMatrix{T} = DenseArray{T,2}
const Vector{T} = Array{T,1}
const Matrix{T} = Array{T,2}
const VecOrMat{T} = Union{Array{T,1},Array{T,2}}

abstract type AbstractRange{T} <: AbstractArray{T,1} end
abstract type OrdinalRange{T,S} <: AbstractRange{T} end
abstract type AbstractUnitRange{T} <: OrdinalRange{T,T} end

abstract type AbstractDict{K,V} end
abstract type AbstractSet{T} end
abstract type IO end
abstract type Exception end

const NTuple{N,T} = Tuple{Vararg{T,N}}
const Dims{N} = Tuple{Vararg{Int64,N}}

"Carries a compile-time constant in a type."
struct Val{x} end
Val(x) = Val{x}()

"A value that may be a wrapped `nothing`."
struct Some{T}
    value::T
end
something() = throw(ArgumentError("No value arguments present"))
something(x) = x
something(x::Some) = x.value
something(::Nothing, y...) = something(y...)
something(x, y...) = x
something(x::Some, y...) = x.value

"The type of `missing`."
struct Missing end
const missing = Missing()
Nothing() = nothing
ismissing(x) = false
ismissing(::Missing) = true
isnothing(x) = false
isnothing(::Nothing) = true

"Two values that belong together, `first => second`."
struct Pair{A,B}
    first::A
    second::B
end
=>(a, b) = Pair(a, b)
reverse(p::Pair) = Pair(p.second, p.first)
Tuple(p::Pair) = (p.first, p.second)
firstindex(::Pair) = 1
lastindex(::Pair) = 2
eltype(::Type{Pair{A,B}}) where {A,B} = Union{A,B}

"The object behind `:`, as an index and as the range operator."
struct Colon <: Function end
const var":" = Colon()

"A reference to one value; `r[]` reads and `r[] = v` writes it."
abstract type Ref{T} end
mutable struct RefValue{T} <: Ref{T}
    x::T
    RefValue{T}() where {T} = new()
    RefValue{T}(x) where {T} = new(x)
end
RefValue(x::T) where {T} = RefValue{T}(x)
Ref{T}() where {T} = RefValue{T}()
Ref(x) = RefValue{typeof(x)}(x)
"A reference to an element of an array."
struct RefArray{T,A} <: Ref{T}
    x::A
    i::Int64
end
Ref(a::AbstractArray, i::Integer) = RefArray{eltype(a),typeof(a)}(a, Int64(i))
getindex(r::RefArray) = r.x[r.i]
setindex!(r::RefArray, v) = (r.x[r.i] = v; r)
isassigned(r::RefArray) = isassigned(r.x, r.i)
Ref{T}(x) where {T} = RefValue{T}(convert(T, x))
Ref(x::Ref) = x
getindex(r::RefValue) = r.x
setindex!(r::RefValue{T}, v) where {T} = (r.x = convert(T, v); r)
eltype(::Type{<:Ref{T}}) where {T} = T
isassigned(r::RefValue) = isdefined(r, :x)

"Marks the uninitialised constructors of arrays, `Array{T}(undef, n)`."
struct UndefInitializer end
const undef = UndefInitializer()

# Errors, with Julia's field names.
struct ErrorException <: Exception
    msg::String
end
struct ArgumentError <: Exception
    msg::String
end
struct DimensionMismatch <: Exception
    msg::String
end
struct OverflowError <: Exception
    msg::String
end
struct AssertionError <: Exception
    msg::String
end
struct BoundsError <: Exception
    a::Any
    i::Any
end
struct DomainError <: Exception
    val::Any
    msg::Any
end
struct InexactError <: Exception
    func::Symbol
    T::Any
    val::Any
end
struct MethodError <: Exception
    f::Any
    args::Any
end
struct UndefVarError <: Exception
    var::Symbol
    scope::Any
end
UndefVarError(var::Symbol) = UndefVarError(var, nothing)
struct UndefKeywordError <: Exception
    var::Symbol
end
struct KeyError <: Exception
    key::Any
end
struct TypeError <: Exception
    func::Symbol
    context::Any
    expected::Any
    got::Any
end
struct StringIndexError <: Exception
    string::String
    index::Int64
end
struct FieldError <: Exception
    type::Any
    field::Symbol
end
"What the engine leaves out was used; no exception of Julia."
struct __OutsideSubset <: Exception
    what::String
end
"An Int64 that the engine has no exact number for; no exception of Julia."
struct __IntegerRange <: Exception
    text::String
end
struct MissingException <: Exception
    msg::String
end
struct DivideError <: Exception end
struct StackOverflowError <: Exception end
struct OutOfMemoryError <: Exception end
struct UndefRefError <: Exception end
struct InterruptException <: Exception end
struct EOFError <: Exception end

TypeError(func, expected, got) = TypeError(func, "", expected, got)
DomainError(val) = DomainError(val, "")
BoundsError() = BoundsError(nothing, nothing)
BoundsError(a) = BoundsError(a, nothing)
AssertionError() = AssertionError("")
DimensionMismatch() = DimensionMismatch("")

"The first argument that is not missing."
coalesce(x, rest...) = x
coalesce(::Missing, rest...) = coalesce(rest...)
coalesce() = missing

"Throws an ErrorException with the printed arguments as its message."
error(msg::__Text) = throw(ErrorException(msg))
error(parts...) = throw(ErrorException(string(parts...)))

# Errors of Base, thrown out of line so that the code around them stays small.
@noinline __out_of_bounds(a, i) = throw(BoundsError(a, i))
@noinline __argument_error(parts...) = throw(ArgumentError(string(parts...)))
@noinline __size_error(parts...) = throw(DimensionMismatch(string(parts...)))
@noinline __inexact(T, x) = throw(InexactError(x isa Integer && T !== Bool && T !== Int64 && T !== UInt64 ? :trunc : nameof(T), T, x))

"Gives back its argument."
identity(x) = x

"`f ∘ g` calls `f` with what `g` returns."
struct ComposedFunction{F,G} <: Function
    outer::F
    inner::G
end
(c::ComposedFunction)(xs...; kws...) = c.outer(c.inner(xs...; kws...))
∘(f) = f
∘(f, g) = ComposedFunction{typeof(f),typeof(g)}(f, g)
∘(f, g, hs...) = ∘(f ∘ g, hs...)
|>(x, f) = f(x)

"`f` with its first argument fixed."
struct Fix1{F,T} <: Function
    f::F
    x::T
end
(c::Fix1)(y) = c.f(c.x, y)

"`f` with its second argument fixed."
struct Fix2{F,T} <: Function
    f::F
    x::T
end
(c::Fix2)(y) = c.f(y, c.x)

"Makes a function of one tuple out of one of many arguments."
struct Splat{F} <: Function
    f::F
end
(s::Splat)(args) = s.f(args...)
splat(f) = Splat{typeof(f)}(f)

"A function that gives the same value whatever its arguments."
struct Returns{T} <: Function
    value::T
end
(c::Returns)(xs...; kws...) = c.value

"A version of Julia, `v\"1.10.0\"`, with the parts after `-` and `+`."
struct VersionNumber
    major::Int64
    minor::Int64
    patch::Int64
    prerelease::Tuple
    build::Tuple
end
VersionNumber(major::Int64, minor::Int64=0, patch::Int64=0, prerelease::Tuple=()) = VersionNumber(major, minor, patch, prerelease, ())
const VERSION = VersionNumber(1, 11, 0)

# Hints to a compiler that need none here.
getproperty(x, name::Symbol) = getfield(x, name)
setproperty!(x, name::Symbol, v) = setfield!(x, name, convert(fieldtype(typeof(x), name), v))
setproperty!(m::Module, name::Symbol, v) = setglobal!(m, name, v)
"The value of a variable of a module."
getglobal(m::Module, name::Symbol) = getfield(m, name)
propertynames(x) = fieldnames(typeof(x))
hasproperty(x, name::Symbol) = name in propertynames(x)
"The type of a call of `f` with arguments of the types in a Tuple type."
signature_type(f, ::Type{T}) where {T<:Tuple} = __signature(typeof(f), fieldtypes(T))
__signature(::Type{F}, types::Tuple) where {F} = Tuple{F,types...}
"The types of a type's fields, as a tuple."
fieldtypes(::Type{T}) where {T} = __ntuple(i -> fieldtype(T, i), Val(fieldcount(T)))
Base.@constprop :aggressive hasfield(T, name::Symbol) = __has_name(fieldnames(T), name)
eltype(x) = eltype(typeof(x))
eltype(::Type) = Any
