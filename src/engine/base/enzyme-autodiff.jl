# `autodiff` in all its forms, over the four derivative builtins `__forward`, `__gradient`, `__augmented` and `__reverse`.
# They are ordinary functions for the compiler, so a call of any of these can be differentiated again.

"Stands where an argument's shadow would, for arguments whose adjoint is returned."
function __active end

module EnzymeAutodiff

using ..EnzymeCore
using ..EnzymeErrors

export autodiff, autodiff_deferred, autodiff_thunk, autodiff_deferred_thunk, tape_type, guess_activity, batch_size, get_func
export make_zero, make_zero!, remake_zero!, within_autodiff, ignore_derivatives

# ---- What a type can carry

"How values of a type carry derivatives, as a Val: not at all 0, by value 1, by reference 2, both 3."
activity(::Type{Any}) = Val(2)
activity(::Type{<:AbstractFloat}) = Val(1)
activity(::Type{Complex{T}}) where {T} = activity(T)
activity(::Type{<:Integer}) = Val(0)
activity(::Type{<:Union{AbstractString,AbstractChar,Symbol}}) = Val(0)
activity(::Type{Nothing}) = Val(0)
activity(::Type{<:Type}) = Val(0)
activity(::Type{<:AbstractRange}) = Val(1)
activity(::Type{<:AbstractRange{<:Integer}}) = Val(0)
activity(::Type{<:Base.RefValue{T}}) where {T} = by_reference(activity(T))
activity(::Type{<:AbstractArray{T}}) where {T} = by_reference(activity(T))
activity(::Type{T}) where {T} = isconcretetype(T) && !ismutabletype(T) ? fields_activity(T, Val(fieldcount(T))) : Val(2)
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

# ---- Annotated arguments

"A single shadow beside its value."
const Single = Union{Duplicated,DuplicatedNoNeed}
"Several shadows beside their value."
const Batch = Union{BatchDuplicated,BatchDuplicatedNoNeed}

"The function object inside an annotation."
get_func(f::Annotation) = f.val

"The value inside an annotation."
primal(a::Annotation) = a.val

"What the derivative builtins take for the k-th shadow of an argument."
shadow(a::Const, k) = nothing
shadow(a::Active, k) = Base.__active
shadow(a::Single, k) = a.dval
shadow(a::Batch, k) = a.dval[k]
shadow(a::MixedDuplicated, k) = a.dval[]

"What reverse mode returns for an argument, from the adjoint the engine gives."
slot(a::Active, adjoint) = adjoint
slot(a::Annotation, adjoint) = nothing
function slot(a::MixedDuplicated, adjoint)
    a.dval[] = adjoint
    nothing
end

"The number of shadows of an argument, as a Val; 0 when it may go with any."
width(::Annotation) = Val(0)
width(::Single) = Val(1)
width(::MixedDuplicated) = Val(1)
width(::BatchDuplicated{T,N}) where {T,N} = Val(N)
width(::BatchDuplicatedNoNeed{T,N}) where {T,N} = Val(N)
common_width(::Val{0}, ::Val{0}) = Val(0)
common_width(a::Val, ::Val{0}) = a
common_width(::Val{0}, b::Val) = b
common_width(::Val{N}, b::Val{N}) where {N} = b
common_width(::Val, ::Val) = error("Multiple distinct batch sizes")
widths(::Tuple{}) = Val(0)
widths(args::Tuple) = common_width(width(args[1]), widths(Base.tail(args)))

"The number of shadows that go with a call of these annotated arguments."
batch_size(args::Annotation...) = size_of(widths(args))
size_of(::Val{N}) where {N} = max(N, 1)

"Refuses what a mode asks for and this engine does not do."
function check_mode(mode::Mode)
    strong_zero(mode) && error("Strong zeros are not supported by this engine; clear them with `clear_strong_zero`")
    nothing
end

"The type that a call is inferred to return."
result_type(f, args) = __return_type(f, map(typeof, args)...)

"Calls a function that can only throw, for its own error."
failing(f, args) = primal(f)(map(primal, args)...)

# ---- Reverse mode

"The seed of a result of type T with return activity A: one for a float, nothing for a constant."
seed_for(mode, ::Type{<:Const}, ::Type{T}) where {T} = nothing
function seed_for(mode, ::Type{A}, ::Type{T}) where {A<:Active,T}
    check_active(A, T)
    active_seed(mode, T, activity(T))
end
seed_for(mode, ::Type{A}, ::Type{T}) where {A<:Annotation,T} = error("Duplicated Returns not yet handled")

"Fails when the activity was asked for another float type than is returned."
check_active(::Type{Active}, ::Type{T}) where {T} = nothing
check_active(::Type{Active{T}}, ::Type{T}) where {T} = nothing
check_active(::Type{A}, ::Type{T}) where {A<:Active,T} = throw(NonInferredActiveReturn(string(T), string(A)))

active_seed(mode, ::Type{T}, ::Val{0}) where {T} = error("Return type `", T, "` not marked Const, but type is guaranteed to be constant")
active_seed(mode, ::Type{T}, ::Val{1}) where {T} = one_of(mode, T)
active_seed(mode, ::Type{T}, ::Val) where {T} = throw(EnzymeNonScalarReturnException(string(T)))

"A function whose result is not known to be a float until it is there."
struct FloatResult{F} <: Function
    f::F
end
(c::FloatResult)(args...) = float_result(c.f(args...))::Float64
float_result(y::Union{AbstractFloat,Integer}) = Float64(y)
float_result(y) = throw(EnzymeNonScalarReturnException(string(typeof(y))))

"The same annotation around a function that returns a float or throws."
with_float_result(f::Const) = Const(FloatResult(f.val))
with_float_result(f::Duplicated) = Duplicated(FloatResult(f.val), FloatResult(f.dval))
with_float_result(f::Annotation) = f

"The adjoint of a float result with respect to itself."
one_of(mode, ::Type{T}) where {T<:AbstractFloat} = one(T)
one_of(mode::ReverseMode, ::Type{T}) where {T<:Complex} = holomorphic_one(mode, T)
function one_of(mode, ::Type{T}) where {T}
    error("Active return values with automatic pullback (differential return value) deduction only supported for floating-like values and not type ", T,
        ". If mutable memory, please use Duplicated. Otherwise, you can explicitly specify a pullback by using split mode, e.g. autodiff_thunk(ReverseSplitWithPrimal, ...)")
end
holomorphic_one(::ReverseMode{P,R,Z,A,true}, ::Type{T}) where {P,R,Z,A,T} = one(T)
function holomorphic_one(::ReverseMode, ::Type{T}) where {T}
    error("Reverse-mode Active Complex return is ambiguous and requires more information to specify the desired result. Use ReverseHolomorphic for a holomorphic function, or return a real number.")
end

"Whether a mode returns the primal value, as a Val."
wants_primal(::ForwardMode{P}) where {P} = Val(P)
wants_primal(::ReverseMode{P}) where {P} = Val(P)
wants_primal(::ReverseModeSplit{P}) where {P} = Val(P)

"Both sweeps for the k-th shadows: the primal value and one slot for each argument."
function pullback(f, args, seed, k, wanted = Val(true))
    value, adjoints = __gradient((primal(f), map(primal, args)...), (shadow(f, k), map(a -> shadow(a, k), args)...), seed, wanted)
    (value, map(slot, args, Base.tail(adjoints)))
end

"One pullback for each shadow. Each but the first works on copies of the primals, as the first may overwrite them."
pullbacks(f, args, seed, ::Val{0}, wanted) = pullback(f, args, seed, 1, wanted)
pullbacks(f, args, seed, ::Val{1}, wanted) = pullback(f, args, seed, 1, wanted)
function pullbacks(f, args, seed, ::Val{N}, wanted) where {N}
    copies = __ntuple(k -> map(k == 1 ? identity : with_copy, args), Val(N))
    runs = __ntuple(k -> pullback(f, copies[k], seed, k, wanted), Val(N))
    (runs[1][1], batch_slots(map(last, runs)))
end

"The same annotation around a copy of the value."
with_copy(a::Annotation) = a
with_copy(a::BatchDuplicated) = BatchDuplicated(deepcopy(a.val), a.dval, false)
with_copy(a::BatchDuplicatedNoNeed) = BatchDuplicatedNoNeed(deepcopy(a.val), a.dval, false)
with_copy(a::Const) = Const(deepcopy(a.val))

"Slots of N runs, turned into N adjoints (or nothing) for each argument."
batch_slots(runs) = __ntuple(i -> together(map(slots -> slots[i], runs)), Val(__tuple_length(runs[1])))
together(::Tuple{Nothing,Vararg{Nothing}}) = nothing
together(adjoints) = adjoints

"A holomorphic function's adjoint is the conjugate of its derivative; shadows are conjugated before and after, so that sums stay sums."
conjugate(::ReverseMode, x) = nothing
conjugate(::ReverseMode{P,R,Z,A,true}, a::Annotation) where {P,R,Z,A} = nothing
conjugate(::ReverseMode{P,R,Z,A,true}, a::Duplicated{<:AbstractArray{<:Complex}}) where {P,R,Z,A} = conj_shadow!(a.dval)
function conj_shadow!(dx)
    for i in eachindex(dx)
        dx[i] = conj(dx[i])
    end
end
holomorphic(::ReverseMode, slots) = slots
holomorphic(::ReverseMode{P,R,Z,A,true}, slots) where {P,R,Z,A} = map(conj_slot, slots)
conj_slot(::Nothing) = nothing
conj_slot(x::Number) = conj(x)
conj_slot(x::Tuple) = map(conj_slot, x)

"The value of `autodiff` in reverse mode: slots alone, or slots and primal."
with_primal(::ReverseMode{false}, slots, value) = (slots,)
with_primal(::ReverseMode{true}, slots, value) = (slots, value)

"Differentiates `f(args...)` as the annotations say."
function autodiff(mode::ReverseMode, f::Annotation, ::Type{A}, args::Annotation...) where {A<:Annotation}
    check_mode(mode)
    T = result_type(primal(f), map(primal, args))
    T === Union{} && return failing(f, args)
    A <: Active && !isconcretetype(T) && return autodiff(mode, with_float_result(f), A, args...)
    seed = seed_for(mode, A, T)
    foreach(a -> conjugate(mode, a), args)
    value, slots = pullbacks(f, args, seed, widths((f, args...)), wants_primal(mode))
    foreach(a -> conjugate(mode, a), args)
    with_primal(mode, holomorphic(mode, slots), value)
end

# ---- Forward mode

"What forward mode takes for the k-th tangent of an argument."
tangent(a::Annotation, k) = shadow(a, k)
tangent(a::Active, k) = error("Active arguments not allowed in forward mode")

"The primal value and the tangent in the k-th direction."
function pushforward(f, args, k, wanted)
    __forward((primal(f), map(primal, args)...), (tangent(f, k), map(a -> tangent(a, k), args)...), wanted)
end

"The primal value and all tangents."
pushforwards(f, args, ::Val{0}, wanted) = pushforward(f, args, 1, wanted)
pushforwards(f, args, ::Val{1}, wanted) = pushforward(f, args, 1, wanted)
function pushforwards(f, args, ::Val{N}, wanted) where {N}
    copies = __ntuple(k -> map(k == 1 ? identity : with_copy, args), Val(N))
    runs = __ntuple(k -> pushforward(f, copies[k], k, wanted), Val(N))
    (runs[1][1], numbered(map(last, runs)))
end

"A batch of tangents under the names Enzyme gives them."
numbered(t::NTuple{1,Any}) = (var"1" = t[1],)
numbered(t::NTuple{2,Any}) = (var"1" = t[1], var"2" = t[2])
numbered(t::NTuple{3,Any}) = (var"1" = t[1], var"2" = t[2], var"3" = t[3])
numbered(t::NTuple{4,Any}) = (var"1" = t[1], var"2" = t[2], var"3" = t[3], var"4" = t[4])
numbered(t::NTuple{5,Any}) = (var"1" = t[1], var"2" = t[2], var"3" = t[3], var"4" = t[4], var"5" = t[5])
numbered(t::NTuple{6,Any}) = (var"1" = t[1], var"2" = t[2], var"3" = t[3], var"4" = t[4], var"5" = t[5], var"6" = t[6])
numbered(t::NTuple{7,Any}) = (var"1" = t[1], var"2" = t[2], var"3" = t[3], var"4" = t[4], var"5" = t[5], var"6" = t[6], var"7" = t[7])
function numbered(t::NTuple{8,Any})
    (var"1" = t[1], var"2" = t[2], var"3" = t[3], var"4" = t[4], var"5" = t[5], var"6" = t[6], var"7" = t[7], var"8" = t[8])
end
numbered(t::Tuple) = error("Batches of more than 8 tangents are not supported by this engine")

"The value of `autodiff` in forward mode."
forward_value(::ForwardMode{false}, ::Type{<:Const}, value, tangents) = ()
forward_value(::ForwardMode{true}, ::Type{<:Const}, value, tangents) = (var"1" = value,)
forward_value(::ForwardMode{false}, ::Type{<:Annotation}, value, tangents) = (tangents,)
forward_value(::ForwardMode{true}, ::Type{<:Annotation}, value, tangents) = (tangents, value)

"Fails for the return activities that forward mode does not have, or that the result cannot have."
check_forward(::Type{<:Annotation}, ::Type{T}) where {T} = nothing
check_forward(::Type{<:Active}, ::Type{T}) where {T} = error("Active Returns not allowed in forward mode")
function check_forward(::Type{<:Union{DuplicatedNoNeed,BatchDuplicatedNoNeed}}, ::Type{T}) where {T}
    error("`DuplicatedNoNeed` return activity is no longer specified for forward mode; use Forward instead of ForwardWithPrimal")
end
check_forward(::Type{<:Union{Duplicated,BatchDuplicated}}, ::Type{T}) where {T} = check_differentiable(T, activity(T))
check_differentiable(::Type{T}, ::Val) where {T} = nothing
check_differentiable(::Type{T}, ::Val{0}) where {T} = error("Return type `", T, "` not marked Const, but type is guaranteed to be constant")

function autodiff(mode::ForwardMode, f::Annotation, ::Type{A}, args::Annotation...) where {A<:Annotation}
    check_mode(mode)
    T = result_type(primal(f), map(primal, args))
    check_forward(A, T)
    T === Union{} && return failing(f, args)
    value, tangents = pushforwards(f, args, widths((f, args...)), wants_primal(mode))
    forward_value(mode, A, value, tangents)
end

# ---- The other ways to call it

function autodiff(mode::Mode, f::Annotation, args::Annotation...)
    T = result_type(primal(f), map(primal, args))
    T === Union{} && return failing(f, args)
    autodiff(mode, f, guess_activity(T, mode), args...)
end
autodiff(mode::Mode, f, args...) = autodiff(set_err_if_func_written(mode), Const(f), args...)
autodiff(f::Function, mode::Mode, args...) = autodiff(mode, f, args...)
autodiff(mode::ReverseModeSplit, f::Annotation, args...) = error("Split mode is for `autodiff_thunk`")

"As `autodiff`; there is no difference in this engine."
autodiff_deferred(mode::Mode, f, args...) = autodiff(mode, f, args...)

# ---- Split mode: the two sweeps as two callables

"Runs the augmented primal of a function made for annotated arguments of the types in TT."
struct AugmentedForwardThunk{F,A,TT,P} end
"Runs the reverse sweep of the same."
struct AdjointThunk{F,A,TT} end
"Runs forward mode of the same."
struct ForwardModeThunk{M,F,A,TT} end

"Callables for `f(args...)` with annotated arguments of the given types: one in forward mode, two in split reverse mode."
function autodiff_thunk(::ReverseModeSplit{P}, ::Type{F}, ::Type{A}, args::Type...) where {P,F<:Annotation,A<:Annotation}
    (AugmentedForwardThunk{F,A,Tuple{args...},P}(), AdjointThunk{F,A,Tuple{args...}}())
end
function autodiff_thunk(mode::ForwardMode, ::Type{F}, ::Type{A}, args::Type...) where {F<:Annotation,A<:Annotation}
    ForwardModeThunk{typeof(mode),F,A,Tuple{args...}}()
end
"As `autodiff_thunk`; the tape's type is known to the compiler."
autodiff_deferred_thunk(mode::Mode, tape, f, args...) = autodiff_thunk(mode, f, args...)
tape_type(mode::Mode, f, args...) = Any

"Fails unless the arguments have the types the thunk was made for."
function check_call(::Type{TT}, found, args, extra) where {TT}
    args isa TT || throw(ThunkCallError(string(found), string(TT, extra)))
    nothing
end

(t::ForwardModeThunk{M,F,A,TT})(f::Annotation, args...) where {M,F,A,TT} = forward_thunk(M(), A, TT, f, args)
function forward_thunk(mode, ::Type{A}, ::Type{TT}, f, args) where {A,TT}
    check_call(TT, typeof(args), args, "")
    autodiff(mode, f, A, args...)
end

(t::AugmentedForwardThunk{F,A,TT,P})(f::Annotation, args...) where {F,A,TT,P} = augmented_thunk(A, TT, Val(P), f, args)
function augmented_thunk(::Type{A}, ::Type{TT}, ::Val{P}, f, args) where {A,TT,P}
    check_call(TT, typeof(args), args, "")
    primals = (primal(f), map(primal, args)...)
    shadows = (shadow(f, 1), map(a -> shadow(a, 1), args)...)
    tape, value, value_shadow = __augmented(primals, shadows)
    ((tape, value_shadow), when(Val(P), value), shadow_of_result(A, value_shadow))
end
when(::Val{true}, x) = x
when(::Val{false}, x) = nothing
shadow_of_result(::Type{<:Annotation}, value_shadow) = nothing
shadow_of_result(::Type{<:Union{Duplicated,DuplicatedNoNeed}}, value_shadow) = value_shadow

(t::AdjointThunk{F,A,TT})(f::Annotation, rest...) where {F,A,TT} = adjoint_thunk(A, TT, f, rest, Val(fieldcount(TT)))
function adjoint_thunk(::Type{A}, ::Type{TT}, f, rest, ::Val{N}) where {A<:Active,TT,N}
    __tuple_length(rest) == N + 2 || throw(ThunkCallError(string(typeof(rest)), string(TT, " and a seed and the tape")))
    adjoint_sweep(TT, f, __ntuple(i -> rest[i], Val(N)), rest[N + 1], rest[N + 2])
end
function adjoint_thunk(::Type{A}, ::Type{TT}, f, rest, ::Val{N}) where {A<:Annotation,TT,N}
    __tuple_length(rest) == N + 1 || throw(ThunkCallError(string(typeof(rest)), string(TT, " and the tape")))
    adjoint_sweep(TT, f, __ntuple(i -> rest[i], Val(N)), nothing, rest[N + 1])
end
function adjoint_sweep(::Type{TT}, f, args, seed, kept) where {TT}
    check_call(TT, typeof(args), args, " and the tape")
    tape, value_shadow = kept
    shadows = (shadow(f, 1), map(a -> shadow(a, 1), args)...)
    adjoints = __reverse(tape, (primal(f), map(primal, args)...), shadows, value_shadow, seed)
    (map(slot, args, Base.tail(adjoints)),)
end

# ---- Zeros and inactive values

"A copy of a value with every float zero, sharing and other data kept."
make_zero(x) = __zero_shadow(x)
make_zero(x, ::Val) = __zero_shadow(x)

"Sets every float that a value refers to to zero."
make_zero!(x) = zero_in_place!(x, activity(typeof(x)))
make_zero!(x, seen) = make_zero!(x)
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
ignore_derivatives(x) = x
function ignore_derivatives(x::Float64)
    isfinite(x) || return isnan(x) ? NaN : x > 0 ? Inf : -Inf
    # A float is a whole number of units in its last place, and whole numbers carry no derivative.
    unit = Intrinsics.f64_eps(x)
    copysign(Intrinsics.f64_from_i64(Intrinsics.i64_from_f64(x / unit)) * unit, x)
end
ignore_derivatives(x::Float32) = Float32(ignore_derivatives(Float64(x)))
ignore_derivatives(x::Complex) = Complex(ignore_derivatives(real(x)), ignore_derivatives(imag(x)))
ignore_derivatives(x::AbstractArray) = map(ignore_derivatives, x)
ignore_derivatives(x::Tuple) = map(ignore_derivatives, x)

end
