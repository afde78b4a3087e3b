# How values of a type carry derivatives, and what follows from that alone: the annotation that is guessed, zeros, inactive copies.

module EnzymeAutodiff

import ..EnzymeCore
using ..EnzymeCore
using ..EnzymeErrors

export guess_activity

"How values of a type carry derivatives, as a Val: not at all 0, by value 1, by reference 2, both 3."
activity(::Type{Any}) = Val(2)
activity(::Type{<:AbstractFloat}) = Val(1)
activity(::Type{Complex{T}}) where {T} = activity(T)
activity(::Type{<:Integer}) = Val(0)
activity(::Type{<:Union{AbstractString,AbstractChar,Symbol}}) = Val(0)
activity(::Type{Nothing}) = Val(0)
activity(::Type{<:Type}) = Val(0)
activity(::Type{<:AbstractRange{T}}) where {T} = activity(T)
activity(::Type{<:Base.RefValue{T}}) where {T} = by_reference(activity(T))
activity(::Type{<:Core.Box{T}}) where {T} = by_reference(activity(T))
activity(::Type{A}) where {A<:Array} = by_reference(activity(eltype(A)))
activity(::Type{A}) where {A<:AbstractArray} = isconcretetype(A) && !ismutabletype(A) ? fields_activity(A, Val(fieldcount(A))) : by_reference(activity(eltype(A)))
activity(::Type{T}) where {T} = EnzymeRules.inactive_type(T) ? Val(0) : activity_of_struct(T)
function activity_of_struct(::Type{T}) where {T}
    __lies_flat(T) && return activity_of_members(__union_types(T))
    !isconcretetype(T) || __refers_to_itself(T) ? Val(2) : ismutabletype(T) ? by_reference(fields_activity(T, Val(fieldcount(T)))) : fields_activity(T, Val(fieldcount(T)))
end
"A union of few types has the parts of all of them, each as its own type has it."
activity_of_members(::Tuple{}) = Val(0)
activity_of_members(types::Tuple) = either(activity(types[1]), activity_of_members(Base.tail(types)))
fields_activity(::Type{T}, ::Val{0}) where {T} = Val(0)
fields_activity(::Type{T}, ::Val{N}) where {T,N} = either(activity(fieldtype(T, N)), fields_activity(T, Val(N - 1)))
either(::Val{A}, ::Val{B}) where {A,B} = Val(A | B)
by_reference(::Val{0}) = Val(0)
by_reference(::Val) = Val(2)

"The annotation Enzyme chooses for a type when none is given."
guess_activity(::Type{T}, mode::Mode = Reverse) where {T} = guess_activity(T, mode, activity(T))
guess_activity(::Type{Any}, ::ReverseMode) = Active
guess_activity(::Type{T}, ::Mode, ::Val{0}) where {T} = Const{T}
guess_activity(::Type{T}, ::ForwardMode, ::Union{Val{1},Val{2},Val{3}}) where {T} = Duplicated{T}
guess_activity(::Type{T}, ::Union{ReverseMode,ReverseModeSplit}, ::Val{1}) where {T} = Active{T}
guess_activity(::Type{T}, ::Union{ReverseMode,ReverseModeSplit}, ::Val{2}) where {T} = Duplicated{T}
guess_activity(::Type{T}, ::Union{ReverseMode,ReverseModeSplit}, ::Val{3}) where {T} = MixedDuplicated{T}

"A copy of a value with every float zero, sharing and other data kept."
make_zero(x) = make_zero(x, Val(false))
"The same; what carries no derivative is copied too when told so."
make_zero(x, copied::Val) = zero_copy(x, copied, activity(typeof(x)))
zero_copy(x, ::Val{false}, ::Val{0}) = x
zero_copy(x, ::Val{true}, ::Val{0}) = deepcopy(x)
zero_copy(x::T, copied::Val, ::Val) where {T} = is_plain(T) ? __zero_shadow(x) : make_zero(T, IdDict(), x, copied)
"The same with what was made so far for each object; a type of the program may have a method of it."
make_zero(::Type{T}, seen, x::T, copied::Val = Val(false)) where {T} = zero_by(activity(typeof(x)), x, seen, copied)
zero_by(::Val{0}, x, seen, ::Val{false}) = x
zero_by(::Val{0}, x, seen, ::Val{true}) = Base.deepcopy_internal(x, seen)
zero_by(::Val, x, seen, copied) = zero_of(x, seen, copied)
zero_of(x, seen, copied) = ismutable(x) ? zero_object(x, seen, copied) : __map_fields(y -> make_zero(typeof(y), seen, y, copied), x)
zero_of(x::Union{AbstractFloat,Complex}, seen, copied) = zero(x)
zero_of(x::AbstractRange, seen, copied) = __zero_shadow(x)
function zero_object(x::T, seen, copied) where {T}
    haskey(seen, x) && return seen[x]::T
    y = __blank(x)
    seen[x] = y
    __map_fields!(z -> make_zero(typeof(z), seen, z, copied), y, x)
    y
end
function zero_object(a::Array{T,N}, seen, copied) where {T,N}
    haskey(seen, a) && return seen[a]::Array{T,N}
    b = is_plain(T) && isbitstype(T) ? __zero_shadow(a) : similar(a)
    seen[a] = b
    is_plain(T) && isbitstype(T) && return b
    for i in eachindex(a)
        isassigned(a, i) && (b[i] = make_zero(typeof(a[i]), seen, a[i], copied))
    end
    b
end
"A table of zeros has the index of keys of the table it is for: a key that a derivative adds is in both."
function zero_object(d::Dict{K,V}, seen, copied) where {K,V}
    haskey(seen, d) && return seen[d]::Dict{K,V}
    e = Dict{K,V}(d.slots, copy(d.names), V[])
    seen[d] = e
    for v in d.vals
        push!(e.vals, make_zero(typeof(v), seen, v, copied))
    end
    e
end
zero_object(s::Set, seen, copied) = haskey(seen, s) ? seen[s]::typeof(s) : (seen[s] = __zero_shadow(s))::typeof(s)
"Has a type only floats and memory of floats, without what may be shared or may have a method of its own?"
is_plain(::Type{T}) where {T} = false
is_plain(::Type{T}) where {T<:Union{Number,Nothing,Symbol}} = isconcretetype(T)
is_plain(::Type{A}) where {T,A<:Array{T}} = activity(T) !== Val(0) && is_plain(T)
is_plain(::Type{T}) where {T<:Union{Tuple,NamedTuple}} = isconcretetype(T) && has_plain_fields(T, Val(fieldcount(T)))
has_plain_fields(::Type{T}, ::Val{0}) where {T} = true
has_plain_fields(::Type{T}, ::Val{N}) where {T,N} = is_plain(fieldtype(T, N)) && has_plain_fields(T, Val(N - 1))

"Sets every float that a value refers to to zero."
make_zero!(x) = zero_in_place!(x, activity(typeof(x)))
make_zero!(x, ::Nothing) = make_zero!(x)
make_zero!(x, seen) = x in seen ? nothing : (push!(seen, x); make_zero!(x))
zero_in_place!(x, ::Val{0}) = nothing
function zero_in_place!(x, ::Val{2})
    __zero_shadow!(x)
    nothing
end
function zero_in_place!(x, ::Val)
    throw(ArgumentError("cannot set $(typeof(x)) to zero in-place, as it contains differentiable values in immutable positions"))
end

"As `make_zero!`, leaving floats in immutable positions alone."
function remake_zero!(x)
    __zero_shadow!(x)
    nothing
end

"Is this code running as part of a derivative?"
within_autodiff() = __within_autodiff()

"The same value, constant to every derivative."
ignore_derivatives(x) = disconnected(constant, x)
function constant(x::Float64)
    isfinite(x) || return isnan(x) ? NaN : x > 0 ? Inf : -Inf
    # A float is a whole number of units in its last place, and whole numbers carry no derivative.
    unit = Intrinsics.f64_eps(x)
    copysign(Intrinsics.f64_from_i64(Intrinsics.i64_from_f64(x / unit)) * unit, x)
end
"A value whose floats went through `cut`."
disconnected(cut, x) = disconnected(cut, x, activity(typeof(x)))
disconnected(cut, x, ::Val{0}) = x
disconnected(cut, x::Number, ::Val{0}) = x
disconnected(cut, x::Number, ::Val) = x
function disconnected(cut, x::T, ::Val) where {T}
    ismutable(x) ? x : Base.__new(T, map(field -> disconnected(cut, field), __ntuple(i -> getfield(x, i), Val(fieldcount(T))))...)
end
disconnected(cut, x::Float64) = cut(x)
disconnected(cut, x::Float32) = Float32(cut(Float64(x)))
disconnected(cut, x::Complex) = Complex(disconnected(cut, real(x)), disconnected(cut, imag(x)))
disconnected(cut, x::Union{Array,Tuple,NamedTuple}) = map(item -> disconnected(cut, item), x)
disconnected(cut, x::Base.RefValue) = Ref(disconnected(cut, x[]))
disconnected(cut, x::Dict) = Dict(k => disconnected(cut, v) for (k, v) in x)

end
