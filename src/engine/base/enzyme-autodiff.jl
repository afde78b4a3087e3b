# `autodiff` in all its forms, over the four derivative builtins `__forward`, `__gradient`, `__augmented` and `__reverse`.
# They are ordinary functions for the compiler, so a call of any of these can be differentiated again.

"Stands where an argument's shadow would, for arguments whose adjoint is returned."
function __active end

module EnzymeAutodiff

import ..EnzymeCore
using ..EnzymeCore
using ..EnzymeErrors

export guess_activity

# ---- What a type can carry

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
activity(::Type{A}) where {A<:AbstractArray} = by_reference(activity(eltype(A)))
activity(::Type{T}) where {T} = EnzymeRules.inactive_type(T) ? Val(0) : activity_of_struct(T)
activity_of_struct(::Type{T}) where {T} = isconcretetype(T) && !ismutabletype(T) ? fields_activity(T, Val(fieldcount(T))) : Val(2)
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

"The value inside an annotation."
primal(a::Annotation) = a.val

"What the derivative builtins take for the k-th shadow of an argument."
shadow(a::Const, k) = nothing
shadow(a::Active, k) = Base.__active
shadow(a::Single, k) = a.dval
shadow(a::Batch, k) = a.dval[k]
shadow(a::MixedDuplicated, k) = a.dval[]
shadow(a::BatchMixedDuplicated, k) = a.dval[k][]

"What reverse mode returns for an argument, from the adjoint the engine gives."
slot(a::Active, adjoint, k) = adjoint
slot(a::Annotation, adjoint, k) = nothing
function slot(a::MixedDuplicated, adjoint, k)
    a.dval[] = adjoint
    nothing
end
function slot(a::BatchMixedDuplicated, adjoint, k)
    a.dval[k][] = adjoint
    nothing
end
slot(a::MixedDuplicated, ::Nothing, k) = nothing
slot(a::BatchMixedDuplicated, ::Nothing, k) = nothing

"An `Active` value with references in it needs memory for its adjoint, which is what reverse mode returns for it."
with_memory(a::Annotation) = a
with_memory(a::Active{T}) where {T} = with_memory(a, activity(T))
with_memory(a::Active, ::Val) = a
with_memory(a::Active, ::Val{2}) = Duplicated(a.val, make_zero(a.val))
with_memory(a::Active, ::Val{3}) = MixedDuplicated(a.val, Ref(make_zero(a.val)))
from_memory(::Annotation, ::Annotation, slot) = slot
from_memory(::Active, held::Duplicated, slot) = held.dval
from_memory(::Active, held::MixedDuplicated, slot) = held.dval[]

"What reverse mode returns for all arguments: floats beside references are written back, in the function too."
function slots(f, args, adjoints, k)
    slot(f, adjoints[1], k)
    map((a, adjoint) -> slot(a, adjoint, k), args, Base.tail(adjoints))
end

"The number of shadows of an argument, as a Val; 0 when it may go with any."
width(::Annotation) = Val(0)
width(::Single) = Val(1)
width(::MixedDuplicated) = Val(1)
width(::BatchDuplicated{T,N}) where {T,N} = some(Val(N))
width(::BatchDuplicatedNoNeed{T,N}) where {T,N} = some(Val(N))
width(::BatchMixedDuplicated{T,N}) where {T,N} = some(Val(N))
some(::Val{0}) = error("Cannot differentiate with a batch size of 0")
some(w::Val) = w
common_width(::Val{0}, ::Val{0}) = Val(0)
common_width(a::Val, ::Val{0}) = a
common_width(::Val{0}, b::Val) = b
common_width(::Val{N}, b::Val{N}) where {N} = b
common_width(::Val{A}, ::Val{B}) where {A,B} = error("Multiple distinct batch sizes: ", A, " and ", B)
"The number of shadows that go with a call, as a Val; 0 when nothing has one."
widths(::Tuple{}) = Val(0)
widths(args::Tuple) = common_width(width(args[1]), widths(Base.tail(args)))

"The type that a call is inferred to return."
result_type(f, args) = __return_type(f, map(typeof, args)...)

"Calls a function that can only throw, for its own error."
function failing(f, args)
    __met(:no_return, primal(f))
    primal(f)(map(primal, args)...)
end

# ---- Reverse mode

"The seed of a result of type T with return activity A: one for a float, nothing for a constant."
seed_for(mode, ::Type{<:Const}, ::Type{T}) where {T} = nothing
function seed_for(mode, ::Type{A}, ::Type{T}) where {A<:Active,T}
    check_active(A, T)
    active_seed(mode, T, activity(T))
end
seed_for(mode, ::Type{A}, ::Type{T}) where {A<:Annotation,T} = EnzymeCore.throw_hinted("misuse.array-return", ErrorException("Duplicated Returns not yet handled"), string(T))

"Fails when the activity was asked for another float type than is returned."
check_active(::Type{Active}, ::Type{T}) where {T} = nothing
check_active(::Type{Active{T}}, ::Type{T}) where {T} = nothing
check_active(::Type{A}, ::Type{T}) where {A<:Active,T} = throw(NonInferredActiveReturn(string(T), string(A)))

active_seed(mode, ::Type{T}, ::Val{0}) where {T} = EnzymeCore.throw_hinted(constant_result(T), ErrorException(string("Return type `", T, "` not marked Const, but type is guaranteed to be constant")), string(T))
active_seed(mode, ::Type{T}, ::Val{1}) where {T} = one_of(mode, T)
active_seed(mode, ::Type{T}, ::Val) where {T} = EnzymeCore.throw_hinted("misuse.output-not-scalar", EnzymeNonScalarReturnException(string(T)), string(T))
constant_result(::Type{<:Integer}) = "misuse.integer-input"
constant_result(::Type) = "misuse.output-not-scalar"

"A function whose result is not known to be a float until it is there."
struct FloatResult{F} <: Function
    f::F
end
function (c::FloatResult)(args...)
    y = c.f(args...)
    # Tests of the type, as a call that depends on it could do anything with what the function returns.
    y isa Float64 && return y
    y isa Float32 && return Float64(y)
    y isa Int64 && return Float64(y)
    throw(EnzymeNonScalarReturnException(Intrinsics.any_string(Intrinsics.any_type(y))))
end

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

"What a mode asks of the derivative builtins, as a Val: the primal value, strong zeros, runtime activity, a function object that is only read, whose rules."
wanted(::ForwardMode{P,A,E,R,Z}) where {P,A,E,R,Z} = Val((P, Z, R, E, EnzymeCore.rules_of(A)))
wanted(::ReverseMode{P,R,Z,A,H,E}) where {P,R,Z,A,H,E} = Val((P, Z, R, E, EnzymeCore.rules_of(A)))
wanted(::ReverseModeSplit{P,S,W,R,Z,M,A,H,E}) where {P,S,W,R,Z,M,A,H,E} = Val((P, Z, R, E, EnzymeCore.rules_of(A)))

"Both sweeps for the k-th shadows: the primal value and one slot for each argument."
function pullback(f, args, seed, k, flags = Val((true, false)))
    watched = !__within_autodiff()
    watched && foreach(a -> entering(a), args)
    value, adjoints = __gradient((primal(f), map(primal, args)...), (shadow(f, k), map(a -> shadow(a, k), args)...), seed, flags)
    watched && foreach(a -> leaving(a), args)
    (value, slots(f, args, adjoints, k))
end

"What is wrong with a shadow before reverse mode starts, told once."
entering(a) = nothing
function entering(a::Duplicated{<:Array{<:AbstractFloat}})
    Intrinsics.arr_same(a.val, a.dval) && Intrinsics.ad_notice("misuse.shadow-is-primal")
    Intrinsics.ad_entered(a.dval) && Intrinsics.ad_notice("misuse.shadow-not-zeroed")
    nothing
end
entering(a::Duplicated{<:Union{Integer,Array{<:Integer}}}) = Intrinsics.ad_notice("misuse.integer-shadow")
"Remembers what reverse mode has left in a shadow."
leaving(a) = nothing
leaving(a::Duplicated{<:Array{<:AbstractFloat}}) = Intrinsics.ad_left(a.dval)

"Tells of a reverse sweep of a constant result that has nothing to start from: every shadow is zero."
check_seeds(::Type{<:Annotation}, args) = nothing
function check_seeds(::Type{<:Const}, args)
    __within_autodiff() && return nothing
    has_shadow(args) && is_unseeded(args) && Intrinsics.ad_notice("misuse.seed-missing")
    nothing
end
has_shadow(::Tuple{}) = false
has_shadow(args::Tuple) = args[1] isa Duplicated || has_shadow(Base.tail(args))
is_unseeded(::Tuple{}) = true
is_unseeded(args::Tuple) = is_zero_shadow(args[1]) && is_unseeded(Base.tail(args))
is_zero_shadow(::Union{Const,Active}) = true
is_zero_shadow(a::Duplicated{<:Array{<:AbstractFloat}}) = all(iszero, a.dval)
is_zero_shadow(::Annotation) = false

"One pullback for each shadow. Each but the first works on copies of the primals, as the first may overwrite them."
pullbacks(f, args, seed, ::Val{0}, flags) = pullback(f, args, seed, 1, flags)
pullbacks(f, args, seed, ::Val{1}, flags) = pullback(f, args, seed, 1, flags)
function pullbacks(f, args, seed, ::Val{N}, flags) where {N}
    f isa Batch && __met(:batched_function, primal(f))
    copies = __ntuple(k -> map(k == 1 ? identity : with_copy, args), Val(N))
    runs = __ntuple(k -> pullback(f, copies[k], seed, k, flags), Val(N))
    (runs[1][1], batch_slots(map(last, runs)))
end

"The same annotation around a copy of the value."
with_copy(a::Annotation) = a
with_copy(a::BatchDuplicated) = BatchDuplicated(deepcopy(a.val), a.dval, false)
with_copy(a::BatchDuplicatedNoNeed) = BatchDuplicatedNoNeed(deepcopy(a.val), a.dval, false)
with_copy(a::BatchMixedDuplicated) = BatchMixedDuplicated(deepcopy(a.val), a.dval, false)
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
    T = result_type(primal(f), map(primal, args))
    T === Union{} && return failing(f, args)
    A <: Active && !isconcretetype(T) && return autodiff(mode, with_float_result(f), A, args...)
    seed = seed_for(mode, A, T)
    check_seeds(A, args)
    foreach(a -> conjugate(mode, a), args)
    held = map(with_memory, args)
    value, slots = pullbacks(f, held, seed, widths((f, args...)), wanted(mode))
    foreach(a -> conjugate(mode, a), args)
    with_primal(mode, holomorphic(mode, map(from_memory, args, held, slots)), value)
end

# ---- Forward mode

"What forward mode takes for the k-th tangent of an argument."
tangent(a::Annotation, k) = shadow(a, k)
tangent(a::Active, k) = error("Active arguments not allowed in forward mode")

"The primal value and the tangent in the k-th direction."
function pushforward(f, args, k, flags)
    __forward((primal(f), map(primal, args)...), (tangent(f, k), map(a -> tangent(a, k), args)...), flags)
end

"The primal value and all tangents."
pushforwards(f, args, ::Val{0}, flags) = pushforward(f, args, 1, flags)
pushforwards(f, args, ::Val{1}, flags) = pushforward(f, args, 1, flags)
function pushforwards(f, args, ::Val{N}, flags) where {N}
    f isa Batch && __met(:batched_function, primal(f))
    __has_rule(:forward, Tuple{typeof(primal(f)),map(a -> typeof(primal(a)), args)...}) && return EnzymeRuleCalls.batched_forward(f, args, Val(N), flags)
    copies = __ntuple(k -> map(k == 1 ? identity : with_copy, args), Val(N))
    runs = __ntuple(k -> pushforward(f, copies[k], k, flags), Val(N))
    (runs[1][1], __numbered(map(last, runs)))
end

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
    T = result_type(primal(f), map(primal, args))
    check_forward(A, T)
    T === Union{} && return failing(f, args)
    value, tangents = pushforwards(f, args, widths((f, args...)), wanted(mode))
    forward_value(mode, A, value, tangents)
end

# ---- The other ways to call it

function autodiff(mode::Mode, f::Annotation, args::Annotation...)
    T = result_type(primal(f), map(primal, args))
    T === Union{} && return failing(f, args)
    autodiff(mode, f, guess_activity(T, mode), args...)
end
autodiff(mode::Mode, f, args...) = autodiff(set_err_if_func_written(mode), Const(f), args...)
autodiff(mode::Mode, f::Annotation, args...) = throw(MethodError(autodiff, (mode, f, args...)))
autodiff(f::Function, mode::Mode, args...) = autodiff(mode, f, args...)
autodiff(mode::ReverseModeSplit, f::Annotation, args...) = error("Split mode is for `autodiff_thunk`")

"As `autodiff`; there is no difference in this engine."
autodiff_deferred(mode::Mode, f, args...) = autodiff(mode, f, args...)

# ---- Split mode: the two sweeps as two callables

"Runs the augmented primal of a function made for annotated arguments of the types in TT."
struct AugmentedForwardThunk{M,F,A,TT} end
"Runs the reverse sweep of the same."
struct AdjointThunk{M,F,A,TT} end
"Runs forward mode of the same."
struct ForwardModeThunk{M,F,A,TT} end

"Callables for `f(args...)` with annotated arguments of the given types: one in forward mode, two in split reverse mode."
function autodiff_thunk(mode::ReverseModeSplit, ::Type{F}, ::Type{A}, args::Type...) where {F<:Annotation,A<:Annotation}
    (AugmentedForwardThunk{typeof(mode),F,A,Tuple{args...}}(), AdjointThunk{typeof(mode),F,A,Tuple{args...}}())
end
function autodiff_thunk(mode::ForwardMode, ::Type{F}, ::Type{A}, args::Type...) where {F<:Annotation,A<:Annotation}
    ForwardModeThunk{typeof(mode),F,A,Tuple{args...}}()
end
autodiff_thunk(mode::ReverseMode, ::Type{F}, rest...) where {F<:Annotation} = throw(MethodError(autodiff_thunk, (mode, F, rest...)))

"What the augmented sweep keeps between the sweeps, for a given call. The compiler knows its layout; this is its name."
struct TapeOf{M,F,A,TT} end
tape_type(mode::Mode, ::Type{F}, ::Type{A}, args::Type...) where {F<:Annotation,A<:Annotation} = TapeOf{typeof(mode),F,A,Tuple{args...}}
"As `autodiff_thunk`, with the type of the tape given, or without it."
autodiff_deferred_thunk(mode::Mode, ::Type{<:TapeOf}, f::Type{<:Annotation}, rest...) = autodiff_thunk(mode, f, rest...)
autodiff_deferred_thunk(mode::Mode, f::Type{<:Annotation}, rest...) = autodiff_thunk(mode, f, rest...)

"Fails unless the arguments have the types the thunk was made for."
function check_call(::Type{F}, ::Type{TT}, f, args, extra) where {F,TT}
    f isa F && args isa TT && return nothing
    throw(ThunkCallError(string((typeof(f), map(typeof, args)...)), string((F, fieldtypes(TT)...), extra)))
end

(t::ForwardModeThunk{M,F,A,TT})(f::Annotation, args...) where {M,F,A,TT} = forward_thunk(M(), F, A, TT, f, args)
function forward_thunk(mode, ::Type{F}, ::Type{A}, ::Type{TT}, f, args) where {F,A,TT}
    check_call(F, TT, f, args, "")
    autodiff(mode, f, A, args...)
end

"The augmented sweep for the k-th shadows: its tape with the shadow of the result, the result, and that shadow."
function augment(f, args, k, flags)
    primals = (primal(f), map(primal, args)...)
    shadows = (shadow(f, k), map(a -> shadow(a, k), args)...)
    tape, value, value_shadow = __augmented(primals, shadows, flags)
    ((tape, value_shadow), value, value_shadow)
end

(t::AugmentedForwardThunk{M,F,A,TT})(f::Annotation, args...) where {M,F,A,TT} = augmented_thunk(M(), F, A, TT, f, args)
function augmented_thunk(mode, ::Type{F}, ::Type{A}, ::Type{TT}, f, args) where {F,A,TT}
    check_call(F, TT, f, args, "")
    augmented_thunk(mode, A, f, args, thunk_width(mode, widths((f, args...))))
end
function augmented_thunk(mode, ::Type{A}, f, args, ::Union{Val{0},Val{1}}) where {A}
    kept, value, value_shadow = augment(f, args, 1, wanted(mode))
    (kept, when(Val(needs_primal(mode)), value), shadow_of_result(A, value_shadow))
end
function augmented_thunk(mode, ::Type{A}, f, args, ::Val{N}) where {A,N}
    runs = __ntuple(k -> augment(f, k == 1 ? args : map(with_copy, args), k, wanted(mode)), Val(N))
    (map(first, runs), when(Val(needs_primal(mode)), runs[1][2]), shadow_of_result(A, map(last, runs)))
end
when(::Val{true}, x) = x
when(::Val{false}, x) = nothing
shadow_of_result(::Type{<:Annotation}, value_shadow) = value_shadow
shadow_of_result(::Type{<:Union{Const,Active}}, value_shadow) = nothing

"The width a split mode was told, or that of the arguments."
thunk_width(::ReverseModeSplit{P,S,0}, w) where {P,S} = w
thunk_width(::ReverseModeSplit{P,S,W}, w) where {P,S,W} = Val(W)

(t::AdjointThunk{M,F,A,TT})(f::Annotation, rest...) where {M,F,A,TT} = adjoint_thunk(M(), F, A, TT, f, rest, Val(fieldcount(TT)))
function adjoint_thunk(mode, ::Type{F}, ::Type{A}, ::Type{TT}, f, rest, ::Val{N}) where {F,A<:Active,TT,N}
    __tuple_length(rest) == N + 2 || wrong_adjoint_call(F, TT, f, rest, ", a seed for the result, and the tape", __tuple_length(rest) == N + 1 ? "misuse.thunk-seed" : "")
    adjoint_sweep(mode, F, TT, f, __ntuple(i -> rest[i], Val(N)), rest[N + 1], rest[N + 2])
end
function adjoint_thunk(mode, ::Type{F}, ::Type{A}, ::Type{TT}, f, rest, ::Val{N}) where {F,A<:Annotation,TT,N}
    __tuple_length(rest) == N + 1 || wrong_adjoint_call(F, TT, f, rest, ", and the tape", "")
    adjoint_sweep(mode, F, TT, f, __ntuple(i -> rest[i], Val(N)), nothing, rest[N + 1])
end
function wrong_adjoint_call(::Type{F}, ::Type{TT}, f, rest, extra, mistake) where {F,TT}
    e = ThunkCallError(string((typeof(f), map(typeof, rest)...)), string((F, fieldtypes(TT)...), extra))
    isempty(mistake) ? throw(e) : EnzymeCore.throw_hinted(mistake, e)
end
function adjoint_sweep(mode, ::Type{F}, ::Type{TT}, f, args, seed, kept) where {F,TT}
    check_call(F, TT, f, args, ", and the tape")
    adjoint_sweeps(f, args, seed, kept, thunk_width(mode, widths((f, args...))), wanted(mode))
end
adjoint_sweeps(f, args, seed, kept, ::Union{Val{0},Val{1}}, flags) = (adjoint_sweep_of(f, args, seed, kept, 1, flags),)
function adjoint_sweeps(f, args, seed, kept, ::Val{N}, flags) where {N}
    (batch_slots(__ntuple(k -> adjoint_sweep_of(f, args, seed === nothing ? nothing : seed[k], kept[k], k, flags), Val(N))),)
end
function adjoint_sweep_of(f, args, seed, kept, k, flags)
    tape, value_shadow = kept
    shadows = (shadow(f, k), map(a -> shadow(a, k), args)...)
    adjoints = __reverse(tape, (primal(f), map(primal, args)...), shadows, value_shadow, seed, flags)
    slots(f, args, adjoints, k)
end

# ---- Zeros and inactive values

"A copy of a value with every float zero, sharing and other data kept."
make_zero(x) = make_zero(x, Val(false))
"The same; what carries no derivative is copied too when told so."
make_zero(x, copied::Val) = zero_copy(x, copied, activity(typeof(x)))
zero_copy(x, ::Val{false}, ::Val{0}) = x
zero_copy(x, ::Val{true}, ::Val{0}) = deepcopy(x)
zero_copy(x, ::Val, ::Val) = __zero_shadow(x)
make_zero(::Type{T}, seen, x::T, copied::Val = Val(false)) where {T} = make_zero(x, copied)

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
ignore_derivatives(x) = ignored(x, activity(typeof(x)))
ignored(x, ::Val{0}) = x
ignored(x::Number, ::Val{0}) = x
ignored(x::Number, ::Val) = x
ignored(x::T, ::Val) where {T} = ismutable(x) ? x : Base.__new(T, map(ignore_derivatives, __ntuple(i -> getfield(x, i), Val(fieldcount(T))))...)
function ignore_derivatives(x::Float64)
    isfinite(x) || return isnan(x) ? NaN : x > 0 ? Inf : -Inf
    # A float is a whole number of units in its last place, and whole numbers carry no derivative.
    unit = Intrinsics.f64_eps(x)
    copysign(Intrinsics.f64_from_i64(Intrinsics.i64_from_f64(x / unit)) * unit, x)
end
ignore_derivatives(x::Float32) = Float32(ignore_derivatives(Float64(x)))
ignore_derivatives(x::Complex) = Complex(ignore_derivatives(real(x)), ignore_derivatives(imag(x)))
ignore_derivatives(x::AbstractArray) = map(ignore_derivatives, x)
ignore_derivatives(x::Union{Tuple,NamedTuple}) = map(ignore_derivatives, x)
ignore_derivatives(x::Base.RefValue) = Ref(ignore_derivatives(x[]))
ignore_derivatives(x::Dict) = Dict(k => ignore_derivatives(v) for (k, v) in x)

end
