#= adrepro
title: The two sweeps of split mode as separate calls
tags: [api, reverse, thunk]
checks:
  - call: scalar_split()
    equals: ((24.0, nothing), 16.0)
  - call: vector_split()
    value: [0.0, 4.0]
=#
using Enzyme

f(x, n) = x^2 * n
g(x) = x .^ 2

function scalar_split()
    forward, reverse = autodiff_thunk(ReverseSplitWithPrimal, Const{typeof(f)}, Active, Active{Float64}, Const{Float64})
    tape, primal, shadow = forward(Const(f), Active(2.0), Const(4.0))
    adjoints = reverse(Const(f), Active(2.0), Const(4.0), 1.5, tape)[1]
    return (adjoints, primal)
end

function vector_split()
    x, x_shadow = [1.0, 2.0], [0.0, 0.0]
    forward, reverse = autodiff_thunk(ReverseSplitNoPrimal, Const{typeof(g)}, Duplicated, Duplicated{Vector{Float64}})
    tape, primal, shadow = forward(Const(g), Duplicated(x, x_shadow))
    shadow[2] = 1.0
    reverse(Const(g), Duplicated(x, x_shadow), tape)
    return x_shadow
end
