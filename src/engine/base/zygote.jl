# Zygote's functions over reverse mode. Where Zygote answers `nothing` for an argument that has no influence, this answers zero.
module Zygote

import ..EnzymeCore
import ..EnzymeAutodiff
import ..EnzymeSugar

export gradient, jacobian, hessian, pullback, withgradient, dropgrad

"The derivatives of a scalar function by each argument; integers have none."
gradient(f, args...) = EnzymeSugar.gradient(EnzymeCore.Reverse, f, args...)

"The value and the derivatives."
function withgradient(f, args...)
    derivs, val = EnzymeSugar.gradient(EnzymeCore.ReverseWithPrimal, f, args...)
    (val = val, grad = derivs)
end

"The value, and the function from its adjoint to the adjoints of the arguments."
pullback(f, args...) = (f(args...), seed -> pulled(f, args, seed))
function pulled(f, args, seed)
    annotated = map(EnzymeSugar.annotate, args)
    shadows = map(a -> EnzymeAutodiff.shadow(a, 1), annotated)
    value, adjoints = __gradient((f, args...), (nothing, shadows...), seed)
    map(EnzymeSugar.found, annotated, Base.tail(adjoints))
end

"The derivatives of every element of the result (rows) by every element of the argument (columns)."
function jacobian(f, x::AbstractArray)
    y = f(x)
    rows = zeros(length(y), length(x))
    for i in 1:length(y)
        row = EnzymeSugar.jacobian_row(f, x, i)
        for j in 1:length(x)
            rows[i, j] = row[j]
        end
    end
    (rows,)
end

"The second derivatives of a scalar function, forward over reverse."
hessian(f, x::AbstractArray) = reshape(EnzymeSugar.jacobian(EnzymeCore.Forward, at -> gradient(f, at)[1], x)[1], length(x), length(x))
hessian(f, x::Real) = EnzymeSugar.gradient(EnzymeCore.Forward, at -> gradient(f, at)[1], x)[1]

"The same value, constant to every derivative."
dropgrad(x) = EnzymeAutodiff.ignore_derivatives(x)

end
