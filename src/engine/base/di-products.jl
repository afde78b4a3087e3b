# DifferentiationInterface: the products of a jacobian with a tangent (push) and of its adjoint with a cotangent (pull), for each way to
# take them. `f(x, values...)` gives a result; `f!(y, x, values...)` writes it into y. Each gives the result and the product.
module DifferentiationInterface
import ..LinearAlgebra

"The shadow of the function object: that of variables it assigns, or all of it where the backend says so."
function_shadow(backend::AbstractADType, f) = ForwardDiff.own_shadow(f)
# Enzyme asks to be told of memory that a function holds.
function_shadow(backend::AutoEnzyme, f) = ForwardDiff.assigned_shadow(f)
function_shadow(backend::AutoEnzyme{M,A}, f) where {M,A<:Union{EnzymeCore.Duplicated,EnzymeCore.BatchDuplicated,EnzymeCore.MixedDuplicated}} =
    whole_shadow(f, EnzymeAutodiff.activity(typeof(f)))
whole_shadow(f, ::Val{0}) = nothing
whole_shadow(f, ::Val) = EnzymeAutodiff.make_zero(f)

"The mode of reverse mode for a backend: whose rules it follows, and what an Enzyme mode says."
reverse_mode(::AbstractADType) = EnzymeCore.set_abi(EnzymeCore.ReverseWithPrimal, EnzymeCore.LibraryRulesOnly)
reverse_mode(::Union{AutoZygote,AutoChainRules,AutoDiffractor}) = EnzymeCore.set_abi(EnzymeCore.ReverseWithPrimal, EnzymeCore.ChainRulesOnly)
reverse_mode(b::AutoSparse) = reverse_mode(b.dense_ad)
reverse_mode(b::MixedMode) = reverse_mode(b.reverse)
reverse_mode(b::SecondOrder) = reverse_mode(b.inner)
reverse_mode(b::AutoEnzyme) = enzyme_reverse(b.mode)
enzyme_reverse(::Union{Nothing,EnzymeCore.ForwardMode}) = EnzymeCore.ReverseWithPrimal
enzyme_reverse(mode::EnzymeCore.ReverseMode) = EnzymeCore.clear_err_if_func_written(EnzymeCore.WithPrimal(mode))
enzyme_reverse(mode::EnzymeCore.ReverseModeSplit) = enzyme_reverse(EnzymeCore.Combined(mode))
"The same for the derivative builtins."
flags(b::AbstractADType) = EnzymeAutodiff.wanted(reverse_mode(b))
flags(b::AutoEnzyme) = enzyme_flags(b.mode)
enzyme_flags(::Nothing) = EnzymeAutodiff.wanted(EnzymeCore.ReverseWithPrimal)
enzyme_flags(mode::EnzymeCore.ForwardMode) = EnzymeAutodiff.wanted(EnzymeCore.clear_err_if_func_written(EnzymeCore.WithPrimal(mode)))
enzyme_flags(mode::EnzymeCore.Mode) = EnzymeAutodiff.wanted(enzyme_reverse(mode))

"The tangent in the type of its value."
alike(x::T, dx::T) where {T} = dx
alike(x::Number, dx::Number) = convert(typeof(x), dx)
alike(x::AbstractArray, dx::AbstractArray) = copyto!(EnzymeAutodiff.make_zero(x), dx)
"Integers cannot carry a tangent."
floated(x) = x
floated(x::Integer) = float(x)
floated(x::AbstractArray{<:Integer}) = float(x)
floated(x::AbstractRange{<:Real}) = collect(float(x))

"The inner product of a result and a cotangent, as a real number."
pair(y::Real, c) = y * c
pair(y::Complex, c) = real(y) * real(c) + imag(y) * imag(c)
pair(y::AbstractArray, c) = isempty(y) ? 0.0 : sum(map(pair, y, c))
pair(y::AbstractArray, c::Number) = throw(DimensionMismatch("gradient(f, x) expects that f(x) is a real number. Perhaps you meant jacobian(f, x)?"))
pair(y::Tuple{}, c) = 0.0
pair(y::Tuple, c) = part(y[1], c[1]) + pair(Base.tail(y), Base.tail(c))
part(y, c) = pair(y, c)
part(y, ::Nothing) = 0.0
pair(y::NamedTuple, c) = pair(Tuple(y), Tuple(c))
"A function made scalar by a cotangent."
struct Paired{F,C} <: Function
    f::F
    cotangent::C
end
(p::Paired)(args...) = pair(p.f(args...), p.cotangent)

# ---- Directions of a value's space

dimension(x::Number) = 1
dimension(x::AbstractArray) = length(x)
direction(x::Number, j) = one(x)
direction(x::AbstractArray, j) = EnzymeSugar.direction(x, j)
"The sensitivities to each direction, in the shape of the value."
gathered(x::Number, sensitivity) = sensitivity(1)
function gathered(x::AbstractArray, sensitivity)
    out = EnzymeAutodiff.make_zero(x)
    for j in 1:length(x)
        out[j] = sensitivity(j)
    end
    out
end

# ---- Functions that give a result

push(::Forwards, backend, f::F, x::X, dx::D, contexts::C) where {F,X,D,C} = pushed(backend, f, x, dx, contexts)
function pushed(backend, f::F, x::X, dx::D, contexts::C) where {F,X,D,C}
    y, dy = Base.__forward((f, x, values_of(contexts)...), (function_shadow(backend, f), alike(x, dx), map(context_shadow, contexts)...), flags(backend))
    (y, ForwardDiff.moved(dy))
end
"Where a program may look at the dual numbers of ForwardDiff, it gets them."
function push(::Forwards, backend::Union{AutoForwardDiff,AutoPolyesterForwardDiff}, f::F, x::X, dx::D, contexts::C) where {F,X,D,C}
    if ForwardDiff.names_duals()
        T = ForwardDiff.Tag{F,eltype(x)}
        values = map(c -> dual_context(T, c, eltype(x)), contexts)
        at = z -> f(z, values...)
        moved = ForwardDiff.dual(T, x, alike(x, dx))
        isouter = ForwardDiff.depth(F) == 0 && ForwardDiff.depth(X) == 0 && ForwardDiff.depth(C) == 0
        isouter = isouter && Base.__return_type(at, typeof(moved)) !== Union{}
        y = isouter ? ForwardDiff.called_on_duals(at, moved) : ForwardDiff.NotOnDuals()
        y isa ForwardDiff.NotOnDuals || return (f(x, values_of(contexts)...), ForwardDiff.moving(T, y))
    end
    pushed(backend, f, x, dx, contexts)
end
"Memory for intermediate results must have room for dual numbers."
dual_context(T, c::Context, V) = c.data
dual_context(T, c::Cache, V) = dual_room(T, c.data, V)
dual_room(T, x, V) = x
dual_room(T, x::AbstractArray{V}, ::Type{V}) where {V<:Real} = ForwardDiff.dual(T, x, zero(x))
dual_room(T, x::Union{Tuple,NamedTuple}, V) = map(y -> dual_room(T, y, V), x)
function push(w::Reverses, backend, f::F, x::X, dx::D, contexts::C) where {F,X,D,C}
    y = f(x, values_of(contexts)...)
    (y, gathered(floated(y), i -> pair(pull(w, backend, f, x, direction(floated(y), i), contexts)[2], dx)))
end
push(::Either, backend, f::F, x::X, dx::D, contexts::C) where {F,X,D,C} = push(Forwards(), backend, f, x, dx, contexts)
push(w::Differences, backend, f::F, x::X, dx::D, contexts::C) where {F,X,D,C} =
    (f(x, values_of(contexts)...), difference(w.backend, t -> floated(f(x + t * dx, values_of(contexts)...)), x))

function pull(::Reverses, backend, f::F, x::X, dy::D, contexts::C) where {F,X,D,C}
    paired = Paired(f, dy)
    annotated = function_annotation(paired, paired_shadow(function_shadow(backend, f), paired))
    (f(x, values_of(contexts)...), scalar_gradient(reverse_mode(backend), annotated, x, contexts)[2])
end
paired_shadow(::Nothing, paired) = nothing
paired_shadow(shadow, paired) = Paired(shadow, EnzymeAutodiff.make_zero(paired.cotangent))
"The value and the gradient by reverse mode of a function whose result is a float."
function scalar_gradient(mode, annotated, x, contexts)
    args = (EnzymeSugar.annotate(x), map(context_annotation, contexts)...)
    slots, y = EnzymeAutodiff.autodiff(mode, annotated, EnzymeCore.Active, args...)
    (y, EnzymeSugar.found(args[1], slots[1]))
end
function_annotation(f, ::Nothing) = EnzymeCore.Const(f)
function_annotation(f, shadow) = EnzymeCore.Duplicated(f, shadow)
context_annotation(c::Context) = context_annotation(c.data, context_shadow(c))
context_annotation(x, ::Nothing) = EnzymeCore.Const(x)
context_annotation(x, shadow) = EnzymeCore.Duplicated(x, shadow)
pull(w::Union{Forwards,Differences}, backend, f::F, x::X, dy::D, contexts::C) where {F,X,D,C} =
    (f(x, values_of(contexts)...), gathered(x, j -> pair(push(w, backend, f, x, direction(x, j), contexts)[2], dy)))
pull(::Either, backend, f::F, x::X, dy::D, contexts::C) where {F,X,D,C} = pull(Reverses(), backend, f, x, dy, contexts)

# ---- Functions that write their result into y

function push!!(::Forwards, backend, f!::F, y::Y, x::X, dx::D, contexts::C) where {F,Y,X,D,C}
    dy = EnzymeAutodiff.make_zero(y)
    Base.__forward((f!, y, x, values_of(contexts)...), (function_shadow(backend, f!), dy, alike(x, dx), map(context_shadow, contexts)...), flags(backend))
    (y, dy)
end
push!!(w::Reverses, backend, f!::F, y::Y, x::X, dx::D, contexts::C) where {F,Y,X,D,C} =
    (y, gathered(y, i -> pair(pull!!(w, backend, f!, y, x, direction(y, i), contexts)[2], dx)))
push!!(::Either, backend, f!::F, y::Y, x::X, dx::D, contexts::C) where {F,Y,X,D,C} = push!!(Forwards(), backend, f!, y, x, dx, contexts)
function push!!(w::Differences, backend, f!::F, y::Y, x::X, dx::D, contexts::C) where {F,Y,X,D,C}
    dy = difference(w.backend, t -> (z = copy(y); f!(z, x + t * dx, values_of(contexts)...); z), x)
    f!(y, x, values_of(contexts)...)
    (y, dy)
end
function pull!!(::Reverses, backend, f!::F, y::Y, x::X, dy::D, contexts::C) where {F,Y,X,D,C}
    a = EnzymeSugar.annotate(x)
    y_shadow = copyto!(EnzymeAutodiff.make_zero(y), dy)
    shadows = (function_shadow(backend, f!), y_shadow, EnzymeAutodiff.shadow(a, 1), map(context_shadow, contexts)...)
    _, adjoints = Base.__gradient((f!, y, x, values_of(contexts)...), shadows, nothing, flags(backend))
    (y, EnzymeSugar.found(a, adjoints[3]))
end
pull!!(w::Union{Forwards,Differences}, backend, f!::F, y::Y, x::X, dy::D, contexts::C) where {F,Y,X,D,C} =
    (y, gathered(x, j -> pair(push!!(w, backend, f!, y, x, direction(x, j), contexts)[2], dy)))
pull!!(::Either, backend, f!::F, y::Y, x::X, dy::D, contexts::C) where {F,Y,X,D,C} = pull!!(Reverses(), backend, f!, y, x, dy, contexts)

# ---- Numerical differences

"The derivative of `f(t)` at 0, where t moves a value like x."
function difference(::AutoFiniteDiff, f, x)
    h = cbrt(eps(Float64)) * max(1.0, isempty(x) ? 0.0 : maximum(abs, x))
    (f(h) - f(-h)) / (2 * h)
end
difference(backend::AutoFiniteDifferences, f, x) = backend.fdm(f, 0.0)

end
