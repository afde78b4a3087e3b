#= adrepro
title: A Hessian column by column through reshape and two matrix products
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1713
tags: [nested, hessian, reshape, dot]
checks:
  - call: hessian(objective, [1.0, 2.0, 3.0, 4.0])
    equals: "2 .* kron(B * B', A' * A)"
=#
using Enzyme, LinearAlgebra

const A = [1.0 2.0; 0.0 1.0]
const B = [1.0 -1.0; 2.0 0.5]
function objective(x::Vector{Float64})
    Y = A * reshape(x, 2, 2) * B
    return dot(Y, Y)
end
slope(f, x) = gradient(Reverse, f, x)[1]
hessian(f, x) = hcat([autodiff(Forward, y -> slope(f, y), Duplicated(x, seed))[1] for seed in onehot(x)]...)
