# ReverseDiff's functions: on tapes, which do again what they have recorded, or by reverse mode of the program, where the two cannot be told apart.
module ReverseDiff

public seeded_forward_pass!, seeded_reverse_pass!, input_hook, output_hook, func_hook, CompiledTape, CompiledGradient, CompiledJacobian, CompiledHessian, AbstractConfig

"Does the program name what is tracked? The session says so before it runs one that does."
names_tracked() = false

# ---- Configurations: inputs that a tape is for

abstract type AbstractConfig end
struct GradientConfig{I} <: AbstractConfig
    input::I
    tape::InstructionTape
end
struct JacobianConfig{I,O} <: AbstractConfig
    input::I
    output::O
    tape::InstructionTape
end
struct HessianConfig{G,J} <: AbstractConfig
    gradient_config::G
    jacobian_config::J
end
const MaybeConfig = Union{Nothing,AbstractConfig}
GradientConfig(x::Union{AbstractArray,Tuple}, tp::InstructionTape = InstructionTape()) = (at = placed(x, tp); GradientConfig{typeof(at)}(at, tp))
GradientConfig(x::Union{AbstractArray,Tuple}, types, tp::InstructionTape = InstructionTape()) = GradientConfig(x, tp)
JacobianConfig(x::Union{AbstractArray,Tuple}, tp::InstructionTape = InstructionTape()) = (at = placed(x, tp); JacobianConfig{typeof(at),Nothing}(at, nothing, tp))
function JacobianConfig(y::AbstractArray, x::Union{AbstractArray,Tuple}, tp::InstructionTape = InstructionTape())
    at, out = placed(x, tp), filled_output(y, tp)
    JacobianConfig{typeof(at),typeof(out)}(at, out, tp)
end
HessianConfig(x::AbstractArray) = HessianConfig(GradientConfig(x), JacobianConfig(x))
"Where inputs go that are tracked: arrays of their own."
placed(x::AbstractArray, tp) = track(own_copy(x), tp)
placed(xs::Tuple, tp) = map(x -> placed(x, tp), xs)
own_copy(x) = copy(floats(x))
own_copy(x::TrackedArray) = x
own_copy(x::TrackedElements) = map(identity, x)
"What a function fills that writes into its first argument."
filled_output(y, tp) = map(v -> track(float(v), tp), y)

# ---- Tapes

abstract type AbstractTape end
"What a tape has for output when the library could not record the function: it is differentiated anew each time."
struct NotRecorded end
struct GradientTape{F,I,O} <: AbstractTape
    func::F
    input::I
    output::O
    tape::InstructionTape
end
struct JacobianTape{F,I,O} <: AbstractTape
    func::F
    input::I
    output::O
    tape::InstructionTape
end
struct HessianTape{F,I,O} <: AbstractTape
    func::F
    input::I
    output::O
    tape::InstructionTape
end
"A function that fills its first argument, which holds this at first."
struct Filling{F,Y} <: Function
    f::F
    y::Y
end
struct GradientOf{F} <: Function
    f::F
end
(g::GradientOf)(x) = gradient(g.f, x)
function GradientTape(f, x::Union{AbstractArray,Tuple}, cfg::MaybeConfig = nothing)
    tp = InstructionTape()
    at = placed(x, tp)
    GradientTape(f, at, recorded(f, at), tp)
end
function JacobianTape(f, x::Union{AbstractArray,Tuple}, cfg::MaybeConfig = nothing)
    tp = InstructionTape()
    at = placed(x, tp)
    JacobianTape(f, at, recorded(f, at), tp)
end
JacobianTape(f!, y::AbstractArray, x::AbstractArray, cfg::MaybeConfig = nothing) = filling_tape(f!, y, x)
function filling_tape(f!, y, x)
    tp = InstructionTape()
    at = placed(x, tp)
    out = filled_output(y, tp)
    JacobianTape(Filling(f!, y), at, recorded((at) -> (f!(out, at); out), at), tp)
end
function HessianTape(f, x::AbstractArray, cfg::MaybeConfig = nothing)
    tp = InstructionTape()
    at = placed(x, tp)
    HessianTape(GradientOf(f), at, recorded(GradientOf(f), at), tp)
end
"What a function gives for tracked arguments, or that it cannot be called with them for what the library lacks."
function recorded(f, at)
    Base.__within_autodiff() && return NotRecorded()
    try
        on_input(f, at)
    catch e
        is_lack(e) || rethrow()
        NotRecorded()
    end
end
on_input(f, x::AbstractArray) = f(x)
on_input(f, xs::Tuple) = f(xs...)
is_lack(e) = false
is_lack(e::MethodError) = any(x -> depth(typeof(x)) > 0, e.args) && !(e.f isa Type) && !ForwardDiff.is_of_program(parentmodule(e.f))
"The same tape: it is compiled as it stands."
struct CompiledTape{T<:AbstractTape} <: AbstractTape
    tape::T
end
const CompiledGradient{T<:GradientTape} = CompiledTape{T}
const CompiledJacobian{T<:JacobianTape} = CompiledTape{T}
const CompiledHessian{T<:HessianTape} = CompiledTape{T}
compile(t::AbstractTape) = CompiledTape(t)
compile(t::CompiledTape) = t
recording(t::AbstractTape) = t
recording(t::CompiledTape) = t.tape
input_hook(t::AbstractTape) = recording(t).input
output_hook(t::AbstractTape) = recording(t).output
func_hook(t::AbstractTape) = recording(t).func
Base.length(t::AbstractTape) = length(recording(t).tape)
Base.show(io::IO, t::AbstractTape) = print(io, nameof(typeof(t)), "(", t.func, ")")
Base.show(io::IO, t::CompiledTape) = print(io, nameof(typeof(t)), "(", t.tape.func, ")")
forward_pass!(t::AbstractTape) = forward_pass!(recording(t).tape)
reverse_pass!(t::AbstractTape) = reverse_pass!(recording(t).tape)
"A tape replays, unless it is differentiated itself or has nothing recorded."
replays(t::AbstractTape) = !Base.__within_autodiff() && has_recorded(output_hook(t))
has_recorded(::NotRecorded) = false
has_recorded(y) = true
"All values again, for another input."
function seeded_forward_pass!(t::AbstractTape, x)
    set_input!(input_hook(t), x)
    forward_pass!(t)
    nothing
end
set_input!(at::AbstractArray, x) = (size(at) == size(x) || throw(DimensionMismatch("the input has size $(size(x)), that of the tape $(size(at))")); value!(at, x))
set_input!(at::Tuple, x::Tuple) = foreach(set_input!, at, x)

# ---- Gradients

"The derivatives of the output, as it stands, by the inputs."
function adjoint_of(t::AbstractTape)
    at, y = input_hook(t), output_hook(t)
    y isa Real || throw(MethodError(seeded_reverse_pass!, (y, at)))
    unseed!(at)
    seed!(y)
    reverse_pass!(t)
    y isa TrackedReal && hastape(y) || unseed!(at)
    derivs_of(at)
end
derivs_of(at::AbstractArray) = copy(deriv(at))
derivs_of(at::Tuple) = map(derivs_of, at)
seeded_reverse_pass!(result, t::AbstractTape) = into(result, value_now(t), adjoint_of(t))
into(r::AbstractArray, y, dx) = (copyto!(r, dx); r)
into(r::Tuple, y, dx::Tuple) = map((r, d) -> into(r, y, d), r, dx)
into(r::DiffResult, y, dx) = DiffResults.gradient!(DiffResults.value!(r, y), dx)

"Should a function be called with tracked arguments: is it for them already, or can the program tell?"
tracks(f, x) = depth_of(x) > 0 || (names_tracked() && !Base.__within_autodiff() && !(f isa GradientOf))
depth_of(x::AbstractArray) = depth(typeof(x))
depth_of(xs::Tuple) = max(map(depth_of, xs)...)

"The gradient of a scalar function of one array, or of a tuple of arrays."
gradient(f, x::AbstractArray, cfg::MaybeConfig = nothing) = one_gradient(f, x)[2]
gradient(f, xs::Tuple, cfg::MaybeConfig = nothing) = one_gradient(f, xs)[2]
"With the value."
function one_gradient(f, x)
    tracks(f, x) || return plain_gradient(f, x)
    t = GradientTape(f, x)
    has_recorded(t.output) || return plain_gradient(f, x)
    dx = adjoint_of(t)
    (value(t.output), dx)
end
plain_gradient(f, x::AbstractArray) = ((y, (dx,)) = value_and_gradient(f, (floats(x),)); (y, dx))
plain_gradient(f, xs::Tuple) = value_and_gradient(f, map(floats, xs))

"The gradient written into `result`."
gradient!(result::Union{AbstractArray,DiffResult}, f, x::AbstractArray, cfg::MaybeConfig = nothing) = into(result, one_gradient(f, x)...)
gradient!(results::Tuple, f, xs::Tuple, cfg::MaybeConfig = nothing) = into(results, one_gradient(f, xs)...)
const ForGradients = Union{GradientTape,CompiledTape{<:GradientTape}}
gradient!(r::Union{AbstractArray,DiffResult}, t::ForGradients, x::AbstractArray) = into(r, tape_gradient(t, x)...)
gradient!(r::Tuple, t::ForGradients, x::Tuple) = into(r, tape_gradient(t, x)...)
gradient!(t::ForGradients, x::Union{AbstractArray,Tuple}) = tape_gradient(t, x)[2]
function tape_gradient(t, x)
    replays(t) || return one_gradient(func_hook(t), x)
    seeded_forward_pass!(t, x)
    dx = adjoint_of(t)
    (value_now(t), dx)
end
"The value of the output, which may be an element of the input."
value_now(t) = (pull_value!(output_hook(t)); value(output_hook(t)))

# ---- Jacobians

"The derivatives of each element of the output, as it stands, by each element of the inputs."
rows_of(t::AbstractTape) = rows_of(t, input_hook(t), output_hook(t))
rows_of(t, at, y) = throw(MethodError(seeded_reverse_pass!, (y, at)))
function rows_of(t, at::AbstractArray, y::AbstractArray)
    rows = zeros_for(at, length(y))
    for i in 1:length(y)
        unseed!(at)
        reach(y, i) || continue
        seed!(y, i)
        reverse_pass!(t)
        set_row!(rows, deriv(at), i)
    end
    unseed!(at)
    rows
end
function rows_of(t, at::Tuple, y::AbstractArray)
    rows = map(a -> zeros_for(a, length(y)), at)
    for i in 1:length(y)
        unseed!(at)
        reach(y, i) || continue
        seed!(y, i)
        reverse_pass!(t)
        foreach((r, a) -> set_row!(r, deriv(a), i), rows, at)
    end
    unseed!(at)
    rows
end
zeros_for(at, n) = fill(zero(eltype(deriv(at))), n, length(at))
set_row!(rows, d, i) = (foreach(j -> rows[i, j] = d[j], 1:length(d)); nothing)
reach(y::TrackedArray, i) = true
reach(y, i) = istracked(y[i])
jacobian(f, x::AbstractArray, cfg::MaybeConfig = nothing) = one_jacobian(f, x)[2]
jacobian(f, xs::Tuple, cfg::MaybeConfig = nothing) = one_jacobian(f, xs)[2]
"The jacobian of `f!(y, x)`, which fills `y`."
jacobian(f!, y::AbstractArray, x::AbstractArray, cfg::MaybeConfig = nothing) = one_jacobian(Filling(f!, y), x)[2]
"With the value."
one_jacobian(f, x) = tracks(f, x) ? recorded_jacobian(JacobianTape(f, x), f, x) : plain_values(f, x)
one_jacobian(f::Filling, x) = tracks(f, x) ? recorded_jacobian(filling_tape(f.f, f.y, x), f, x) : plain_values(f, x)
function recorded_jacobian(t, f, x)
    has_recorded(t.output) || return plain_values(f, x)
    filled(f, value(t.output))
    (value(t.output), rows_of(t))
end
filled(f, y) = nothing
filled(f::Filling, y) = copyto!(f.y, y)
plain_values(f, x::AbstractArray) = (y = f(floats(x)); (y, plain_jacobian(f, x)))
plain_values(f, xs::Tuple) = (y = f(map(floats, xs)...); (y, plain_jacobian(f, xs)))
plain_values(f::Filling, x::AbstractArray) = (rows = plain_jacobian(f.f, f.y, x); (f.y, rows))
into_jacobian(r::AbstractArray, y, J) = copyto!(r, J)
into_jacobian(r::Tuple, y, J::Tuple) = map((one, rows) -> into_jacobian(one, y, rows), r, J)
into_jacobian(r::DiffResult, y, J) = DiffResults.jacobian!(DiffResults.value!(r, y), J)
jacobian!(r::Union{AbstractArray,DiffResult}, f, x::AbstractArray, cfg::MaybeConfig = nothing) = into_jacobian(r, one_jacobian(f, x)...)
jacobian!(r::Tuple, f, xs::Tuple, cfg::MaybeConfig = nothing) = into_jacobian(r, one_jacobian(f, xs)...)
jacobian!(r::Union{AbstractArray,DiffResult}, f!, y::AbstractArray, x::AbstractArray, cfg::MaybeConfig = nothing) = into_jacobian(r, one_jacobian(Filling(f!, y), x)...)
const ForJacobians = Union{JacobianTape,CompiledTape{<:JacobianTape}}
jacobian!(r::Union{AbstractArray,DiffResult}, t::ForJacobians, x::AbstractArray) = into_jacobian(r, tape_jacobian(t, x)...)
jacobian!(r::Tuple, t::ForJacobians, x::Tuple) = into_jacobian(r, tape_jacobian(t, x)...)
jacobian!(t::ForJacobians, x::Union{AbstractArray,Tuple}) = tape_jacobian(t, x)[2]
tape_jacobian(t, x) = replays(t) ? replayed_rows(t, x) : one_jacobian(func_hook(t), x)
"The output of a tape for another input, and its derivatives."
function replayed_rows(t, x)
    seeded_forward_pass!(t, x)
    rows = rows_of(t)
    (value_now(t), rows)
end

# ---- Hessians: the jacobian of the gradient

"The second derivatives of a scalar function."
hessian(f, x::AbstractArray, cfg::MaybeConfig = nothing) = gradient_and_hessian(f, x)[2]
gradient_and_hessian(f, x) = hessian_of(f, x, Val(tracks(f, x)))
hessian_of(f, x, ::Val{false}) = (at = floats(x); (gradient(f, at), plain_jacobian(GradientOf(f), at)))
function hessian_of(f, x, ::Val{true})
    t = HessianTape(f, x)
    has_recorded(t.output) ? (value(t.output), rows_of(t)) : hessian_of(f, x, Val(false))
end
hessian!(result::AbstractArray, f, x::AbstractArray, cfg::MaybeConfig = nothing) = copyto!(result, hessian(f, x))
hessian!(r::DiffResult, f, x::AbstractArray, cfg::MaybeConfig = nothing) = with_value(r, f, x, gradient_and_hessian(f, x)...)
with_value(r, f, x, dx, H) = DiffResults.hessian!(DiffResults.gradient!(DiffResults.value!(r, f(floats(x))), dx), H)
const ForHessians = Union{HessianTape,CompiledTape{<:HessianTape}}
hessian!(r::AbstractArray, t::ForHessians, x::AbstractArray) = copyto!(r, tape_hessian(t, x)[2])
hessian!(r::DiffResult, t::ForHessians, x::AbstractArray) = with_value(r, func_hook(t).f, x, tape_hessian(t, x)...)
hessian!(t::ForHessians, x::AbstractArray) = tape_hessian(t, x)[2]
tape_hessian(t, x) = replays(t) ? replayed_rows(t, x) : gradient_and_hessian(func_hook(t).f, x)

# ---- What other packages do with what is tracked here

"A function of a package that differentiates another one, as one function of the place."
struct Operator{G,F} <: Function
    g::G
    f::F
end
(o::Operator)(x) = o.g(o.f, x)
function by_another(g, f, x)
    holds_tracked(typeof(f)) && throw(ArgumentError("$g cannot differentiate a function that has captured what ReverseDiff tracks"))
    whole(Operator(g, f), x)
end
ForwardDiff.derivative(f, x::TrackedReal) = by_another(ForwardDiff.derivative, f, x)
ForwardDiff.gradient(f, x::TrackedArray) = by_another(ForwardDiff.gradient, f, x)
ForwardDiff.jacobian(f, x::TrackedArray) = by_another(ForwardDiff.jacobian, f, x)
ForwardDiff.hessian(f, x::TrackedArray) = by_another(ForwardDiff.hessian, f, x)
EnzymeSugar.annotate(x::TrackedArray) = throw(ArgumentError("Enzyme and Zygote cannot differentiate at what ReverseDiff tracks"))
EnzymeSugar.annotate(x::TrackedReal) = throw(ArgumentError("Enzyme and Zygote cannot differentiate at what ReverseDiff tracks"))

end
