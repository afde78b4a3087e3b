# DifferentiationInterface: a preparation for ReverseDiff with a compiled tape records the function. What is replayed keeps the branches that were
# taken when it was recorded. Contexts are not on a tape, so a function with contexts is differentiated anew each time.
module DifferentiationInterface
import ..ReverseDiff

const Taping = AutoReverseDiff{true}
const Tape = ReverseDiff.CompiledTape
prepare_gradient(f, b::Taping, x; strict = Val(true)) = GradientPrep(signature(strict, (f, b, x)), ReverseDiff.compile(ReverseDiff.GradientTape(f, x)))
prepare_jacobian(f, b::Taping, x; strict = Val(true)) = JacobianPrep(signature(strict, (f, b, x)), ReverseDiff.compile(ReverseDiff.JacobianTape(f, x)))
prepare_jacobian(f!, y::AbstractArray, b::Taping, x; strict = Val(true)) =
    JacobianPrep(signature(strict, (f!, y, b, x)), ReverseDiff.compile(ReverseDiff.JacobianTape(f!, y, x)))
prepare_hessian(f, b::Taping, x; strict = Val(true)) = HessianPrep(signature(strict, (f, b, x)), ReverseDiff.compile(ReverseDiff.HessianTape(f, x)))

value_and_gradient(f, p::GradientPrep{S,<:Tape}, b::Taping, x) where {S} = (check(p, f, b, x); ReverseDiff.tape_gradient(p.tape, floated(x)))
function value_and_jacobian(f, p::JacobianPrep{S,<:Tape}, b::Taping, x) where {S}
    check(p, f, b, x)
    y, J = ReverseDiff.tape_jacobian(p.tape, floated(x))
    (copy(y), J)
end
function value_and_jacobian(f!, y::AbstractArray, p::JacobianPrep{S,<:Tape}, b::Taping, x) where {S}
    check(p, f!, y, b, x)
    found, J = ReverseDiff.tape_jacobian(p.tape, floated(x))
    (copyto!(y, found), J)
end
value_gradient_and_hessian(f, p::HessianPrep{S,<:Tape}, b::Taping, x) where {S} = (check(p, f, b, x); (f(x), ReverseDiff.tape_hessian(p.tape, floated(x))...))

end
