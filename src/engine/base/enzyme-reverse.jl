# Reverse mode: `autodiff` over the builtin `__gradient`.

module EnzymeAutodiff

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
    foreach(check_reversible, args)
    watched = !__within_autodiff()
    watched && foreach(a -> entering(a), args)
    value, adjoints = __gradient((primal(f), map(primal, args)...), (shadow(f, k), map(a -> shadow(a, k), args)...), seed, flags)
    watched && foreach(a -> leaving(a), args)
    (value, slots(f, args, adjoints, k))
end
"The same for one of several shadows, about which nothing is told."
function lane_pullback((f, args...), seed, flags)
    value, adjoints = __gradient((primal(f), map(primal, args)...), map(a -> shadow(a, 1), (f, args...)), seed, flags)
    (value, slots(f, args, adjoints, 1))
end

"Fails for numbers of another differentiation, whose parts would each have an adjoint of its own."
check_reversible(a) = nothing
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
    foreach(check_reversible, args)
    f isa Batch && __met(:batched_function, primal(f))
    __has_own_rules() && return pullbacks_at_once(f, args, seed, Val(N), flags)
    runs = map(lane -> lane_pullback(lane, seed, flags), with_copies(lanes(f, args, Val(N))))
    (runs[1][1], batch_slots(map(last, runs)))
end

"The shadows of a function and its arguments: a tuple of them for each of N."
batch_shadows(f, args, ::Val{N}) where {N} = map(lane -> map(a -> shadow(a, 1), lane), lanes(f, args, Val(N)))
"A function whose result is in a box."
struct OpenResult{F} <: Function
    f::F
end
(c::OpenResult)(args...) = Base.inferencebarrier(c.f(args...))
"The same annotation around it."
with_open_result(f::Const) = Const(OpenResult(f.val))
with_open_result(f::Duplicated) = Duplicated(OpenResult(f.val), OpenResult(f.dval))
with_open_result(f::Annotation) = f

"All pullbacks in one run, for a program with rules, which are called with all shadows."
function pullbacks_at_once(f, args, seed, ::Val{N}, flags) where {N}
    value, adjoints = __gradient((primal(f), map(primal, args)...), batch_shadows(f, args, Val(N)), seed, flags, Val(N))
    (value, batch_slots(__ntuple(k -> slots(f, args, adjoints[k], k), Val(N))))
end

"""
The shadow of a result of the type T that leaves something open. Numbers in it are memory then: what is kept must be that memory, and no
copy of the numbers. (`__new` makes it of a value of open type: a constructor would be called for the type that the value has then.)
"""
struct OpenShadow{T}
    val::T
end
"Is all that is known of a result of this type what is in its box?"
is_boxed(::Type{T}) where {T} = !(isconcretetype(T) || T isa Union || T <: Tuple || T <: NamedTuple)
opened(shadow) = shadow
opened(shadow::OpenShadow) = shadow.val
struct Reader{T} end
(::Reader{T})(open) where {T} = open.val::T
"Adds to a number in a box, or to the numbers there, what reverse mode gives to who reads it."
function give_to_reader(shadow::OpenShadow, d::T) where {T}
    shadow.val isa T || throw(ArgumentError(string("the seed of a result of type ", typeof(shadow.val), " must be of that type, found ", T)))
    __gradient((Reader{T}(), shadow), (nothing, shadow), d, Val((false, false)))
    nothing
end
give_to_reader(shadow::OpenShadow, ::Nothing) = nothing

"""
The function and its arguments with one shadow each, for each of N. What is done with each is handed its own shadow only: a function that is handed
all of them, for each of them, has too many parameters.
"""
lanes(f, args, ::Val{N}) where {N} = map((lane...) -> lane, map(a -> each_alone(a, Val(N)), (f, args...))...)
each_alone(a::Annotation, ::Val{N}) where {N} = __ntuple(k -> a, Val(N))
each_alone(a::BatchDuplicated, ::Val) = alone(Duplicated, a.val, a.dval)
each_alone(a::BatchDuplicatedNoNeed, ::Val) = alone(DuplicatedNoNeed, a.val, a.dval)
each_alone(a::BatchMixedDuplicated, ::Val) = alone(MixedDuplicated, a.val, a.dval)
alone(::Type{A}, val, dvals) where {A} = map(d -> A(val, d, false), dvals)
"Arguments whose primals are copies in each lane but the first."
with_copies(lanes) = (lanes[1], map(lane -> (lane[1], map(with_copy, Base.tail(lane))...), Base.tail(lanes))...)
"The same annotation around a copy of the value."
with_copy(a::Annotation) = a
with_copy(a::Duplicated) = Duplicated(deepcopy(a.val), a.dval, false)
with_copy(a::DuplicatedNoNeed) = DuplicatedNoNeed(deepcopy(a.val), a.dval, false)
with_copy(a::MixedDuplicated) = MixedDuplicated(deepcopy(a.val), a.dval, false)
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

"Fails for an argument without any data that is marked as one with a derivative."
check_ghost(::Const) = nothing
function check_ghost(a::Annotation{T}) where {T}
    Base.issingletontype(T) && error("Type of ghost or constant type ", typeof(a), " is marked as differentiable.")
    nothing
end

"Differentiates `f(args...)` as the annotations say."
function autodiff(mode::ReverseMode, f::Annotation, ::Type{A}, args::Annotation...) where {A<:Annotation}
    T = result_type(primal(f), map(primal, args))
    T === Union{} && return failing(f, args)
    # Of a tuple it is known that it is no float.
    A <: Active && (T isa Union || is_boxed(T)) && return autodiff(mode, with_float_result(f), A === Active{T} ? Active : A, args...)
    seed = seed_for(mode, A, T)
    foreach(check_ghost, args)
    check_seeds(A, args)
    foreach(a -> conjugate(mode, a), args)
    held = map(with_memory, args)
    value, slots = pullbacks(f, held, seed, widths((f, args...)), wanted(mode))
    foreach(a -> conjugate(mode, a), args)
    with_primal(mode, holomorphic(mode, map(from_memory, args, held, slots)), value)
end

end
