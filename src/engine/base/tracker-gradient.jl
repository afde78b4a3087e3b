# Tracker: gradients, jacobians and hessians of functions.
module Tracker

losscheck(x::Real) = isinf(x) ? error("Loss is infinite") : isnan(x) ? error("Loss is NaN") : nothing
losscheck(x) = error("Function output is not scalar")
zero_of(x::Real) = zero(float(x))
zero_of(x::AbstractArray) = zero_grad(own_floats(x))

"The value, and the function from its adjoint to those of the arguments, or of parameters; both can be differentiated."
function forward(f, args...)
    xs = map(param, args)
    y = gathered(f(xs...))
    floor = minimum(map(x -> istracked(x) ? tracker(x).depth : typemax(Int), xs); init=typemax(Int))
    (y, d -> (gs = grads_from(y, d, floor); map(x -> got(gs, x), xs)))
end
function forward(f, ps::Params)
    y = gathered(f())
    (y, d -> (gs = grads_from(y, d, 0); foreach(p -> haskey(gs, p) || (gs.grads[tracker(p)] = zero_of(data(p))), ps); gs))
end
got(gs, x) = istracked(x) ? (haskey(gs, x) ? gs[x] : zero_of(data(x))) : nothing
function grads_from(y, d, floor)
    gs = Grads()
    istracked(y) && sweep(tracker(y), d, floor, (t, d) -> (gs.grads[t] = d; nothing), (call, d) -> on_again(call, d))
    gs
end

"The derivatives of a number by each argument, or by parameters. With `nest=true` they can be differentiated."
gradient(f, xs...; nest=false) = nest ? nested_gradient(f, xs...)[2] : plain_gradient(f, xs...)[2]
function nested_gradient(f, xs...)
    y, back = forward(f, xs...)
    losscheck(y)
    (y, back(one_of(y)))
end
one_of(y) = one(data(y))
function plain_gradient(f, xs...)
    watched = map(x -> param(data(x)), xs)
    l = f(watched...)
    losscheck(l)
    back_from(l)
    (data(l), map(taken!, watched))
end
function plain_gradient(f, ps::Params)
    l = f()
    losscheck(l)
    back_from(l)
    gs = Grads()
    foreach(p -> (gs.grads[tracker(p)] = taken!(p)), ps)
    (data(l), gs)
end
back_from(l) = istracked(l) ? back!(l) : nothing
"The gradient of a parameter, which is 0 afterwards."
taken!(x) = nothing
taken!(x::TrackedReal) = (g = grad(x); zero_grad!(x); g)
taken!(x::TrackedArray) = (g = copy(grad(x)); zero_grad!(x); g)
"The value and the derivatives."
withgradient(f, xs...; nest=false) = ((val, grad) = nest ? nested_gradient(f, xs...) : plain_gradient(f, xs...); (; val, grad))

"The derivatives of each element of `f(x)` (rows) by each of `x` (columns)."
function jacobian(f, x::AbstractArray)
    xs = param(data(x))
    y = gathered(f(xs))
    J = zeros(eltype(xs), length(y), length(xs))
    istracked(y) || return J
    for i in 1:length(y)
        back!(y, unit(data(y), i); once=false)
        J[i, :] = vec(taken!(xs))
    end
    J
end
unit(y, i) = (d = zero_grad(y); d[i] = 1; d)
"The second derivatives of a number."
hessian(f, x::AbstractArray) = jacobian(z -> vec(gradient(f, z; nest=true)[1]), x)
end
