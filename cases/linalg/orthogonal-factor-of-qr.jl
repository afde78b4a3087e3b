#= adrepro
title: The orthogonal factor as a matrix is differentiated
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1037
tags: [reverse, qr]
checks:
  - call: gradient(Reverse, fitted, [1.0 0.0; 1.0 1.0; 1.0 2.0])[1]
    equals: "gradient(Reverse, by_inverse, [1.0 0.0; 1.0 1.0; 1.0 2.0])[1]"
=#
using Enzyme, LinearAlgebra

const y = [1.0, 2.0, 4.0]
# The length of the projection of y, by the orthogonal factor and by the normal equations.
function fitted(X)
    Q = Matrix(qr(X).Q)
    return sum(abs2, Q' * y)
end
by_inverse(X) = y' * X * inv(X' * X) * X' * y
