# ReverseDiff's tracked numbers and arrays: what they are, and the tape on which their operations are recorded.
module ReverseDiff

import ..LinearAlgebra

public InstructionTape, AbstractInstruction, ScalarInstruction, SpecialInstruction, RawTape, NULL_TAPE, record!, tape, hastape, hasorigin, deriv, valtype, derivtype,
    origintype, value!, deriv!, unseed!, seed!, increment_deriv!, decrement_deriv!, pull_value!, pull_deriv!, push_deriv!, has_value, capture, track!,
    forward_pass!, reverse_pass!, forward_exec!, reverse_exec!, scalar_forward_exec!, scalar_reverse_exec!, special_forward_exec!, special_reverse_exec!,
    ForwardOptimize, SkipOptimize

"What was done once, to be done again with other values, and its derivatives to be handed back."
abstract type AbstractInstruction end
const InstructionTape = Vector{AbstractInstruction}
const RawTape = InstructionTape
"The tape of what is not recorded."
const NULL_TAPE = InstructionTape()

"Numbers and arrays under watch, of this package and of Tracker, whose functions are the same and record each in its own way."
abstract type WatchedReal <: Real end
abstract type WatchedArray{T,N} <: AbstractArray{T,N} end
const WatchedVector{T} = WatchedArray{T,1}
const WatchedMatrix{T} = WatchedArray{T,2}

"A number under watch. One that is an element of a tracked array has its value and its derivative from there."
mutable struct TrackedReal{V<:Real,D<:Real,O} <: WatchedReal
    value::V
    deriv::D
    tape::InstructionTape
    index::Int
    origin::O
    TrackedReal{V,D,O}(value, deriv, tape, index, origin) where {V,D,O} = new{V,D,O}(value, deriv, tape, index, origin)
    TrackedReal{V,D,O}(value, deriv, tape) where {V,D,O} = new{V,D,O}(value, deriv, tape, 0)
    TrackedReal{V,D,O}(value, deriv) where {V,D,O} = new{V,D,O}(value, deriv, NULL_TAPE, 0)
end
TrackedReal{V,D,O}(value::Real) where {V,D,O} = convert(TrackedReal{V,D,O}, value)
TrackedReal(value::V, deriv::D, tape::InstructionTape = NULL_TAPE) where {V,D} = TrackedReal{V,D,Nothing}(value, deriv, tape)
TrackedReal(value::V, deriv::D, tape::InstructionTape, index, origin::O) where {V,D,O} = TrackedReal{V,D,O}(value, deriv, tape, index, origin)

"An array under watch: its elements are tracked numbers."
struct TrackedArray{V<:Real,D<:Real,N,VA,DA} <: WatchedArray{TrackedReal{V,D,TrackedArray{V,D,N,VA,DA}},N}
    value::VA
    deriv::DA
    tape::InstructionTape
end
function TrackedArray(value::AbstractArray{V,N}, deriv::AbstractArray{D,N}, tape::InstructionTape) where {V,D,N}
    size(value) == size(deriv) || throw(AssertionError("IndexStyle(value) === IndexStyle(deriv) && size(value) === size(deriv)"))
    TrackedArray{V,D,N,typeof(value),typeof(deriv)}(value, deriv, tape)
end
const TrackedVector{V,D} = TrackedArray{V,D,1}
const TrackedMatrix{V,D} = TrackedArray{V,D,2}
const TrackedType = Union{TrackedReal,TrackedArray}
"Arrays whose elements are tracked one by one."
const TrackedElements = AbstractArray{<:TrackedReal}

Base.size(t::TrackedArray) = size(t.value)
Base.length(t::TrackedArray) = length(t.value)
Base.axes(t::TrackedArray) = axes(t.value)
Base.IndexStyle(::Type{<:TrackedArray}) = IndexLinear()
Base.getindex(t::TrackedArray, i::Int64) = TrackedReal(t.value[i], t.deriv[i], t.tape, i, t)
Base.setindex!(t::TrackedArray, args...) = error("TrackedArrays do not support setindex!")
Base.copyto!(t::TrackedArray, src) = error("TrackedArrays do not support setindex!")
Base.fill!(t::TrackedArray, x) = error("TrackedArrays do not support setindex!")

# ---- What they hold

"Is it watched?"
istracked(x) = false
istracked(::TrackedReal) = true
istracked(::TrackedArray) = true
istracked(::AbstractArray{T}) where {T} = T <: TrackedReal || !isconcretetype(T)
has_value(t) = true
value(x::AbstractArray{T}) where {T} = isconcretetype(T) && !(T <: TrackedReal) ? x : map(value, x)
value(x) = x
value(t::TrackedReal) = t.value
value(t::TrackedArray) = t.value
value(x::Tuple) = map(value, x)
deriv(t::TrackedReal) = t.deriv
deriv(t::TrackedArray) = t.deriv
deriv(t::AbstractArray) = map(deriv, t)
valtype(::TrackedReal{V}) where {V} = V
valtype(::Type{TrackedReal{V,D,O}}) where {V,D,O} = V
valtype(::TrackedArray{V}) where {V} = V
valtype(::Type{TrackedArray{V,D,N,VA,DA}}) where {V,D,N,VA,DA} = V
derivtype(::TrackedReal{V,D}) where {V,D} = D
derivtype(::Type{TrackedReal{V,D,O}}) where {V,D,O} = D
derivtype(::TrackedArray{V,D}) where {V,D} = D
derivtype(::Type{TrackedArray{V,D,N,VA,DA}}) where {V,D,N,VA,DA} = D
origintype(::TrackedReal{V,D,O}) where {V,D,O} = O
origintype(::Type{TrackedReal{V,D,O}}) where {V,D,O} = O
hasorigin(t::TrackedReal) = t.index !== 0
hastape(x) = false
hastape(t::TrackedReal) = t.tape !== NULL_TAPE
hastape(t::TrackedArray) = t.tape !== NULL_TAPE
hastape(x::AbstractArray) = tape(x) !== NULL_TAPE
"The tape on which what is done with these values is recorded."
tape(x) = NULL_TAPE
tape() = NULL_TAPE
tape(t::TrackedReal) = t.tape
tape(t::TrackedArray) = t.tape
function tape(x::AbstractArray{T}) where {T}
    isconcretetype(T) && !(T <: TrackedReal) && return NULL_TAPE
    for t in x
        hastape(t) && return tape(t)
    end
    NULL_TAPE
end
function tape(x, y, rest...)
    found = tape(x)
    found === NULL_TAPE ? tape(y, rest...) : found
end

"Values and derivatives are set as they stand; those of an element go to its array, or come from there."
value!(t::TrackedReal, v) = (t.value = convert(valtype(t), v); nothing)
value!(t::TrackedArray, v) = (copyto!(t.value, value(v)); nothing)
value!(t::AbstractArray, v) = (foreach(value!, t, v); nothing)
value!(t::Tuple, v::Tuple) = (foreach(value!, t, v); nothing)
deriv!(t::TrackedReal, d) = (t.deriv = convert(derivtype(t), d); nothing)
deriv!(t::TrackedArray, d) = (copyto!(t.deriv, d); nothing)
pull_value!(x) = nothing
pull_value!(t::TrackedReal) = (hasorigin(t) && (t.value = t.origin.value[t.index]); nothing)
pull_value!(x::AbstractArray{T}) where {T} = ((isconcretetype(T) && !(T <: TrackedReal)) || foreach(pull_value!, x); nothing)
pull_value!(::TrackedArray) = nothing
pull_value!(x::Tuple) = foreach(pull_value!, x)
pull_deriv!(x) = nothing
pull_deriv!(t::TrackedReal) = (hasorigin(t) && (t.deriv = t.origin.deriv[t.index]); nothing)
pull_deriv!(::TrackedArray) = nothing
push_deriv!(x) = nothing
push_deriv!(t::TrackedReal) = (hasorigin(t) && (t.origin.deriv[t.index] = t.deriv); nothing)
push_deriv!(::TrackedArray) = nothing
seed!(x) = nothing
seed!(t::TrackedReal) = (t.deriv = one(derivtype(t)); push_deriv!(t); nothing)
seed!(t::TrackedArray, i) = (t.deriv[i] = one(derivtype(t)); nothing)
seed!(t::AbstractArray, i) = seed!(t[i])
unseed!(x) = nothing
unseed!(t::TrackedReal) = (t.deriv = zero(derivtype(t)); push_deriv!(t); nothing)
unseed!(t::TrackedArray) = (fill!(t.deriv, zero(derivtype(t))); nothing)
unseed!(t::AbstractArray{T}) where {T} = ((isconcretetype(T) && !(T <: TrackedReal)) || foreach(unseed!, t); nothing)
unseed!(t::Tuple) = foreach(unseed!, t)
unseed!(t::AbstractArray, i) = unseed!(t[i])
unseed!(t::TrackedArray, i) = (t.deriv[i] = zero(derivtype(t)); nothing)
unseed!(tp::InstructionTape) = foreach(unseed!, tp)
unseed!(instruction::AbstractInstruction) = (unseed!(instruction.input); unseed!(instruction.output))

# ---- Tracking

track(x::Real, tp::InstructionTape = NULL_TAPE) = track(x, typeof(x), tp)
track(x::AbstractArray, tp::InstructionTape = NULL_TAPE) = track(x, deriv_of(eltype(x)), tp)
track(x::Real, ::Type{D}, tp::InstructionTape = NULL_TAPE) where {D} = TrackedReal(x, zero(D), tp)
track(x::AbstractArray, ::Type{D}, tp::InstructionTape = NULL_TAPE) where {D} = TrackedArray(x, zeros_like(x, D), tp)
"Derivatives of elements have none of their own place."
deriv_of(::Type{T}) where {T} = T
deriv_of(::Type{TrackedReal{V,D,O}}) where {V,D,O} = TrackedReal{V,D,Nothing}
zeros_like(x, ::Type{D}) where {D} = fill!(similar(value(x), D), zero(D))
zeros_like(x, ::Type{D}) where {D<:TrackedReal} = fill(zero(D), size(x))
track!(t::TrackedArray, x::AbstractArray) = (value!(t, x); unseed!(t); t)
track!(t::TrackedReal, x::Real) = (value!(t, x); unseed!(t); t)
function track!(t::AbstractArray{TrackedReal{D,D,Nothing}}, x::AbstractArray, tp::InstructionTape) where {D}
    for i in eachindex(t)
        t[i] = track(x[i], D, tp)
    end
    t
end

# ---- Instructions

struct ScalarInstruction{F,I,O,C} <: AbstractInstruction
    func::F
    input::I
    output::O
    cache::C
    ScalarInstruction{F,I,O,C}(func, input, output, cache) where {F,I,O,C} = new{F,I,O,C}(func, input, output, cache)
end
struct SpecialInstruction{F,I,O,C} <: AbstractInstruction
    func::F
    input::I
    output::O
    cache::C
    SpecialInstruction{F,I,O,C}(func, input, output, cache) where {F,I,O,C} = new{F,I,O,C}(func, input, output, cache)
end
function ScalarInstruction(func::F, input, output::O, cache::C = nothing) where {F,O,C}
    kept = capture(input)
    ScalarInstruction{F,typeof(kept),O,C}(func, kept, output, cache)
end
function SpecialInstruction(func::F, input, output::O, cache::C = nothing) where {F,O,C}
    kept = capture(input)
    SpecialInstruction{F,typeof(kept),O,C}(func, kept, output, cache)
end
"What an instruction keeps of its input: what may be written to later is copied."
capture(x) = x
capture(t::TrackedReal) = hastape(t) ? t : value(t)
capture(t::TrackedArray) = t
capture(x::AbstractArray) = copy(x)
capture(x::Tuple) = map(capture, x)
function record!(tp::InstructionTape, ::Type{T}, args...) where {T}
    tp === NULL_TAPE || push!(tp, T(args...))
    nothing
end
Base.:(==)(a::AbstractInstruction, b::AbstractInstruction) = a.func == b.func && a.input == b.input && a.output == b.output && a.cache == b.cache

"All of a tape again, with the values that its inputs have now; and the derivatives of its outputs, back to its inputs."
function forward_pass!(tp::InstructionTape)
    n = length(tp)
    for k in 1:n
        forward_exec!(tp[k])
    end
    # What a rule of the program has recorded meanwhile.
    length(tp) > n && resize!(tp, n)
    nothing
end
reverse_pass!(tp::InstructionTape) = (foreach(reverse_exec!, Iterators.reverse(tp)); nothing)
forward_exec!(instruction::ScalarInstruction) = scalar_forward_exec!(instruction)
forward_exec!(instruction::SpecialInstruction) = special_forward_exec!(instruction)
reverse_exec!(instruction::ScalarInstruction) = scalar_reverse_exec!(instruction)
reverse_exec!(instruction::SpecialInstruction) = special_reverse_exec!(instruction)

increment_deriv!(x, d) = nothing
increment_deriv!(t::TrackedReal, d::Real) = (pull_deriv!(t); t.deriv = convert(derivtype(t), t.deriv + d); push_deriv!(t); nothing)
increment_deriv!(t::TrackedArray, d, i) = (t.deriv[i] += d; nothing)
increment_deriv!(t::AbstractArray, d, i) = increment_deriv!(t[i], d)
function increment_deriv!(t::AbstractArray{T}, d::AbstractArray) where {T}
    isconcretetype(T) && !(T <: TrackedReal) && return nothing
    for i in eachindex(t)
        increment_deriv!(t, d[i], i)
    end
end
increment_deriv!(t::AbstractArray, d::Real) = increment_deriv!(t, fill(d, size(t)))
decrement_deriv!(t, d::Real) = increment_deriv!(t, -d)
decrement_deriv!(t, d::AbstractArray) = increment_deriv!(t, -d)
decrement_deriv!(t, d, i) = increment_deriv!(t, -d, i)

# ---- Conversions

Base.promote_rule(::Type{R}, ::Type{TrackedReal{V,D,O}}) where {R<:Real,V,D,O} = TrackedReal{promote_type(R, V),D,O}
Base.promote_rule(::Type{TrackedReal{A,B,O}}, ::Type{TrackedReal{V,D,P}}) where {A,B,O,V,D,P} = TrackedReal{promote_type(A, V),promote_type(B, D),Nothing}
Base.convert(::Type{T}, t::T) where {T<:TrackedReal} = t
Base.convert(::Type{TrackedReal{V,D,O}}, x::Real) where {V,D,O} = TrackedReal{V,D,O}(convert(V, value(x)), zero(D), NULL_TAPE)
function Base.convert(::Type{TrackedReal{V,D,O}}, t::TrackedReal) where {V,D,O}
    out = TrackedReal{V,D,O}(convert(V, t.value), convert(D, t.deriv), t.tape)
    record!(t.tape, ScalarInstruction, convert, t, out)
    out
end
Base.convert(::Type{TrackedReal{V,D,O}}, t::TrackedReal{V,D,O}) where {V,D,O} = t
scalar_forward_exec!(i::ScalarInstruction{typeof(convert)}) = (pull_value!(i.input); value!(i.output, value(i.input)))
scalar_reverse_exec!(i::ScalarInstruction{typeof(convert)}) = (increment_deriv!(i.input, deriv(i.output)); unseed!(i.output))
Base.zero(::Type{TrackedReal{V,D,O}}) where {V,D,O} = TrackedReal{V,D,O}(zero(V), zero(D))
Base.one(::Type{TrackedReal{V,D,O}}) where {V,D,O} = TrackedReal{V,D,O}(one(V), zero(D))
Base.zero(::TrackedReal{V,D}) where {V,D} = TrackedReal{V,D,Nothing}(zero(V), zero(D))
Base.one(::TrackedReal{V,D}) where {V,D} = TrackedReal{V,D,Nothing}(one(V), zero(D))
Base.rand(::Type{TrackedReal{V,D,O}}) where {V,D,O} = TrackedReal{V,D,O}(rand(V), zero(D))
Base.eps(t::TrackedReal) = eps(t.value)
Base.eps(::Type{TrackedReal{V,D,O}}) where {V,D,O} = eps(V)
Base.float(t::TrackedReal{<:AbstractFloat}) = t
Base.float(t::TrackedReal{<:TrackedReal}) = t
Base.float(t::TrackedReal{V,D,O}) where {V,D,O} = convert(TrackedReal{float(V),float(D),Nothing}, t)
Base.float(::Type{TrackedReal{V,D,O}}) where {V,D,O} = TrackedReal{float(V),float(D),O}
Base.real(t::TrackedReal) = t
Base.floor(t::TrackedReal) = floor(t.value)
Base.floor(::Type{I}, t::TrackedReal) where {I<:Integer} = floor(I, t.value)
Base.ceil(t::TrackedReal) = ceil(t.value)
Base.ceil(::Type{I}, t::TrackedReal) where {I<:Integer} = ceil(I, t.value)
Base.trunc(t::TrackedReal) = trunc(t.value)
Base.trunc(::Type{I}, t::TrackedReal) where {I<:Integer} = trunc(I, t.value)
Base.round(t::TrackedReal; options...) = round(t.value; options...)
Base.round(::Type{I}, t::TrackedReal) where {I<:Integer} = round(I, t.value)
Base.rtoldefault(::Type{TrackedReal{V,D,O}}) where {V,D,O} = Base.rtoldefault(V)
Base.hash(t::TrackedReal) = hash(t.value)
Base.hash(t::TrackedReal, h::UInt) = hash(t.value, h)
Base.deepcopy(t::TrackedType) = t
Base.copy(t::TrackedReal) = t
Base.copy(t::TrackedArray) = t
Base.show(io::IO, t::TrackedReal) = print(io, "TrackedReal<", short_name(t), ">(", t.value, ", ", t.deriv, ", ", hastape(t) ? short_name(t.tape) : "---", ", ",
    hasorigin(t) ? string(t.index, ", ", short_name(t.origin)) : "---", ")")
short_name(x) = string(objectid(x); base = 62)[1:3]

# ---- Comparisons are those of the values

Base.:(==)(a::TrackedReal, b::TrackedReal) = a.value == b.value
Base.:(==)(a::TrackedReal, b::Real) = a.value == b
Base.:(==)(a::Real, b::TrackedReal) = a == b.value
Base.:(==)(a::TrackedReal, b::AbstractIrrational) = a.value == b
Base.:(==)(a::AbstractIrrational, b::TrackedReal) = a == b.value
Base.isequal(a::TrackedReal, b::TrackedReal) = isequal(a.value, b.value)
Base.isequal(a::TrackedReal, b::Real) = isequal(a.value, b)
Base.isequal(a::Real, b::TrackedReal) = isequal(a, b.value)
Base.isequal(a::TrackedReal, b::AbstractFloat) = isequal(a.value, b)
Base.isequal(a::AbstractFloat, b::TrackedReal) = isequal(a, b.value)
Base.:<(a::TrackedReal, b::TrackedReal) = a.value < b.value
Base.:<(a::TrackedReal, b::Real) = a.value < b
Base.:<(a::Real, b::TrackedReal) = a < b.value
Base.:<=(a::TrackedReal, b::TrackedReal) = a.value <= b.value
Base.:<=(a::TrackedReal, b::Real) = a.value <= b
Base.:<=(a::Real, b::TrackedReal) = a <= b.value
Base.isless(a::TrackedReal, b::TrackedReal) = isless(a.value, b.value)
Base.isless(a::TrackedReal, b::Real) = isless(a.value, b)
Base.isless(a::Real, b::TrackedReal) = isless(a, b.value)
Base.isless(a::TrackedReal, b::AbstractFloat) = isless(a.value, b)
Base.isless(a::AbstractFloat, b::TrackedReal) = isless(a, b.value)
Base.isnan(t::TrackedReal) = isnan(t.value)
Base.isinf(t::TrackedReal) = isinf(t.value)
Base.isfinite(t::TrackedReal) = isfinite(t.value)
Base.isinteger(t::TrackedReal) = isinteger(t.value)
Base.iseven(t::TrackedReal) = iseven(t.value)
Base.isodd(t::TrackedReal) = isodd(t.value)
Base.isreal(t::TrackedReal) = isreal(t.value)
Base.iszero(t::TrackedReal) = iszero(t.value)
Base.isone(t::TrackedReal) = isone(t.value)
Base.signbit(t::TrackedReal) = signbit(t.value)
Base.:(==)(a::TrackedArray, b::TrackedArray) = a.value == b.value
Base.:(==)(a::TrackedArray, b::AbstractArray) = a.value == b
Base.:(==)(a::AbstractArray, b::TrackedArray) = a == b.value
Base.isapprox(a::TrackedArray, b::TrackedArray; options...) = isapprox(a.value, b.value; options...)
Base.isapprox(a::TrackedArray, b::AbstractArray; options...) = isapprox(a.value, value(b); options...)
Base.isapprox(a::AbstractArray, b::TrackedArray; options...) = isapprox(value(a), b.value; options...)

end
